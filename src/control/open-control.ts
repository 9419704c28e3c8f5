import { createServer, type Socket } from 'node:net';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import { answerAsk, type Desk } from './answer-ask.ts';
import { readAsk, type Ending, type Told } from './messages.ts';
import { listenIn } from './sockets.ts';

export interface ControlDeps {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly desk: Desk;
  /** Under which the server tends its calls. */
  readonly tender: string;
}

/** The way by which commands reach this server. */
export interface Control {
  /** Takes no more asks, and answers those under way; calls are followed no longer. Idempotent. */
  close(): Promise<void>;
}

/** Several of the longest words that a command line can have. */
const ASK_CHARACTERS_MAX = 1024 * 1024;
const ASK_MS_MAX = 5_000;

/** Never rejects: a server whose data folder can hold no socket does its work without, and says so in its log. */
export async function openControl(deps: ControlDeps): Promise<Control> {
  const { dataDir, clock, log, tender } = deps;
  const silent = new Set<Socket>();
  const underWay = new Set<Promise<void>>();
  const closing = new AbortController();
  const server = createServer((socket) => {
    silent.add(socket);
    const asked = () => void silent.delete(socket);
    const work = serve(socket, deps, asked, closing.signal).finally(() => underWay.delete(work));
    underWay.add(work);
  });
  server.on('error', (error) => log.warn({ err: error }, 'A command could not be let in.'));
  try {
    const remove = await listenIn(dataDir, server, clock, tender);
    return {
      async close() {
        await remove();
        server.close();
        closing.abort();
        for (const socket of silent) socket.destroy();
        await Promise.all(underWay);
      },
    };
  } catch (error) {
    log.warn({ err: error }, 'The command line can not reach this server: no socket in the data folder.');
    server.close();
    return { close: () => Promise.resolve() };
  }
}

/** One ask, and everything that there is to tell. Never rejects. */
async function serve(
  socket: Socket,
  { desk, log }: ControlDeps,
  asked: () => void,
  closing: AbortSignal,
): Promise<void> {
  // Who has asked may leave before the answer; what was begun goes on.
  const left = new AbortController();
  socket.on('error', () => undefined).on('close', () => left.abort());
  const signal = AbortSignal.any([left.signal, closing]);
  const line = await firstLine(socket);
  asked();
  if (line === undefined) return void socket.destroy();
  const tell = (message: Told | Ending) => socket.write(`${JSON.stringify(message)}\n`);
  try {
    for await (const told of answerAsk(readAsk(line), desk, signal)) {
      if (socket.destroyed) return;
      tell(told);
    }
    tell({ end: true });
  } catch (error) {
    log.info({ err: error }, 'A command could not be answered.');
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    tell({ failure: { name, message } });
  }
  socket.end();
}

/** Undefined: none came in time, or one that is too long. */
function firstLine(socket: Socket): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  let text = '';
  const take = (chunk: string) => {
    text += chunk;
    const end = text.indexOf('\n');
    if (end >= 0) resolve(text.slice(0, end));
    else if (text.length > ASK_CHARACTERS_MAX) resolve(undefined);
  };
  const timer = setTimeout(resolve, ASK_MS_MAX, undefined);
  socket.setEncoding('utf8').on('data', take);
  socket.on('close', () => resolve(undefined));
  return promise.finally(() => {
    clearTimeout(timer);
    socket.off('data', take).resume();
  });
}
