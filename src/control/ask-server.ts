import type { Socket } from 'node:net';
import { ControlError, writeAsk, type Ask, type Ending, type Told } from './messages.ts';
import { connectIn } from './sockets.ts';

/**
 * Asks the server that runs on this data folder; of several, the one that started last.
 * @param signal leaves it in the middle
 * @returns what it tells, as it tells it; undefined: none runs. It throws what the server met, by its name, and
 * ControlError where the server ends in the middle.
 */
export async function askServer(
  dataDir: string,
  ask: Ask,
  signal?: AbortSignal,
): Promise<AsyncIterable<Told> | undefined> {
  const socket = await connectIn(dataDir);
  signal?.addEventListener('abort', () => socket?.destroy());
  return socket === undefined ? undefined : tellingOf(socket, ask);
}

async function* tellingOf(socket: Socket, ask: Ask): AsyncGenerator<Told> {
  socket.write(writeAsk(ask));
  try {
    for await (const line of linesOf(socket)) {
      const message = JSON.parse(line) as Told | Ending;
      if ('end' in message) return;
      if ('failure' in message) {
        const { name, message: says } = message.failure;
        throw Object.assign(new Error(says), { name });
      }
      yield message;
    }
  } finally {
    socket.destroy();
  }
  throw new ControlError('The server ended before it had answered; look into its log and its journal.');
}

/** Whole lines, until the connection ends in whatever way. */
async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of socket.setEncoding('utf8') as AsyncIterable<string>) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch {
    // Who waits for more says that it ended in the middle, whatever the system calls that.
  }
}
