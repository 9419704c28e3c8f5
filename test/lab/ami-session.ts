import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AmiUser } from './pbx-config.ts';

/** A message of the manager interface: an event or a reply. The values of a repeated header are in order. */
export interface AmiMessage {
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  /** The first value of a header, or an empty text. */
  get(name: string): string;
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
}

/** A bare manager session of the lab's own: it shares nothing with the service under test. */
export interface AmiSession extends AsyncDisposable {
  /** Sends an action as it is written, one header a line, and resolves with its reply. */
  send(action: string): Promise<AmiMessage>;
  /** Everything that came so far, in order. */
  readonly messages: readonly AmiMessage[];
  /** Resolves with the first message, past or to come, that has all these headers; throws after `withinMs`. */
  waitFor(wanted: Readonly<Record<string, string>>, withinMs?: number): Promise<AmiMessage>;
}

/**
 * Connects and logs in with the events the user may read.
 *
 * @throws Error when the login is refused
 */
export async function amiSession(port: number, user: AmiUser): Promise<AmiSession> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  const messages: AmiMessage[] = [];
  collect(socket, messages);
  let count = 0;
  const session: AmiSession = {
    messages,
    async send(action) {
      count += 1;
      const id = `lab-${count}`;
      socket.write(`${action.trim().replaceAll(/\s*\n\s*/g, '\r\n')}\r\nActionID: ${id}\r\n\r\n`);
      return waitFor(
        messages,
        (message) => message.get('ActionID') === id && message.get('Event') === '',
        15_000,
        action,
      );
    },
    waitFor(wanted, withinMs = 15_000) {
      const fits = (message: AmiMessage): boolean =>
        Object.entries(wanted).every(([name, value]) => message.get(name) === value);
      return waitFor(messages, fits, withinMs, JSON.stringify(wanted));
    },
    async [Symbol.asyncDispose]() {
      socket.destroy();
      await Promise.resolve();
    },
  };
  const reply = await session.send(`Action: Login\nUsername: ${user.username}\nSecret: ${user.secret}`);
  if (reply.get('Response') !== 'Success')
    throw new Error(`AMI refuses ${user.username}: ${reply.get('Message')}`);
  return session;
}

function collect(socket: Socket, messages: AmiMessage[]): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    // The greeting is one line, and no blank line follows it.
    rest = (rest + text).replace(/^Asterisk Call Manager\/.*\r\n/, '');
    const parts = rest.split('\r\n\r\n');
    rest = parts.pop() ?? '';
    messages.push(...parts.map(parse));
  });
}

function parse(text: string): AmiMessage {
  const headers = text.split('\r\n').map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
  });
  return { at: Date.now(), headers, get: (name) => headers.find(([key]) => key === name)?.[1] ?? '' };
}

async function waitFor(
  messages: readonly AmiMessage[],
  fits: (message: AmiMessage) => boolean,
  withinMs: number,
  what: string,
): Promise<AmiMessage> {
  const late = Date.now() + withinMs;
  for (;;) {
    const found = messages.find(fits);
    if (found !== undefined) return found;
    if (Date.now() > late) throw new Error(`nothing came within ${withinMs} ms for ${what}`);
    await sleep(10);
  }
}
