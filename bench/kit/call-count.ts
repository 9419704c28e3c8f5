import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { AmiUser } from '../../test/lab/pbx-config.ts';

/** Asks an Asterisk how busy it is. A command line would do, but costs more than the calls that it counts. */
export interface CallCount extends AsyncDisposable {
  /** @throws Error where Asterisk is gone */
  channels(): Promise<number>;
}

const PATIENCE_MS = 20_000;
/** The last event of the list of channels says how many there were. */
const TOTAL = /ListItems: (\d+)\r\n/;

export async function openCallCount(port: number, user: AmiUser): Promise<CallCount> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  const login = `Action: Login\r\nUsername: ${user.username}\r\nSecret: ${user.secret}\r\nEvents: off\r\n\r\n`;
  await ask(socket, login, /Response: Success\r\n/);
  return {
    async channels() {
      const said = await ask(socket, 'Action: CoreShowChannels\r\n\r\n', TOTAL);
      return Number(TOTAL.exec(said)?.[1]);
    },
    async [Symbol.asyncDispose]() {
      socket.destroy();
      await Promise.resolve();
    },
  };
}

/** Everything that comes until the end is seen. */
function ask(socket: Socket, action: string, end: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const settle = (done: () => void) => {
      clearTimeout(timer);
      socket.off('data', take).off('close', fail);
      done();
    };
    const take = (text: string) => {
      said += text;
      if (end.test(said)) settle(() => resolve(said));
    };
    const fail = () => settle(() => reject(new Error('Asterisk does not answer any more.')));
    const timer = setTimeout(fail, PATIENCE_MS);
    socket.on('data', take).on('close', fail);
    if (socket.destroyed) fail();
    else socket.write(action);
  });
}
