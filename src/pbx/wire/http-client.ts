import type { Socket } from 'node:net';
import type { Agent, Dispatcher, request } from 'undici';
import type { AddressGuard } from '../../kit/address-guard.ts';
import type { Clock } from '../../kit/clock.ts';
import { PbxError, type Frame } from '../contract.ts';
import { openSocket, type SocketTarget } from './open-socket.ts';

/** One request to a PBX. */
export interface HttpAsk {
  readonly method: string;
  /** Path and query, encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds until the whole answer must be there. */
  readonly withinMs: number;
  /** Texts that must be masked in the frames, whatever place they stand in: secrets, and what is derived of them. */
  readonly secrets?: readonly string[];
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; a repeated one joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly frames: readonly [sent: Frame, received: Frame];
}

/** The request was sent, or may have been, and no whole answer came. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly sent: Frame;

  constructor(message: string, sent: Frame) {
    super(message);
    this.sent = sent;
  }
}

const BODY_BYTES_MAX = 1024 * 1024;
/** Shorter than PBXs keep an idle connection, so that we do not send into one that is being closed. */
const KEEP_ALIVE_MS = 4_000;
const CONNECTIONS_MAX = 16;
const HIDDEN_HEADERS = new Set(['authorization', 'cookie', 'set-cookie', 'x-auth-token', 'x-api-key']);

interface Undici {
  readonly agent: Agent;
  readonly request: typeof request;
}

/** With the first request only: it is 29 MB, and a gateway whose PBXs speak other protocols does without it. */
async function loadUndici(connect: () => Promise<Socket>): Promise<Undici> {
  const undici = await import('undici');
  const agent = new undici.Agent({
    connections: CONNECTIONS_MAX,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    pipelining: 1,
    connect: (_options, done) => {
      connect().then(
        (socket) => done(null, socket),
        (error: Error) => done(error, null),
      );
    },
  });
  return { agent, request: undici.request };
}

/** HTTP to one PBX: over checked addresses and certificates alone, bounded in size and time, following no redirect. */
export class HttpClient {
  readonly #origin: string;
  readonly #clock: Clock;
  readonly #connect: () => Promise<Socket>;
  #undici: Promise<Undici> | undefined;

  constructor(target: SocketTarget, guard: AddressGuard, clock: Clock) {
    const host = target.host.includes(':') ? `[${target.host}]` : target.host;
    this.#origin = `${target.tls ? 'https' : 'http'}://${host}:${target.port}`;
    this.#clock = clock;
    this.#connect = () => openSocket(target, guard);
  }

  /**
   * @throws PbxError of the phase `before_send` where nothing went over the wire: no connection, or none in time
   * @throws NoAnswer where the request may have arrived
   */
  async send(ask: HttpAsk): Promise<HttpAnswer> {
    const sent = this.#frame('sent', `${ask.method} ${ask.path}`, ask.headers ?? {}, ask.body ?? '', ask);
    const signal = AbortSignal.timeout(Math.ceil(ask.withinMs));
    let isBegun = false;
    // What is overdue before its turn is called off by undici at its turn: it is aborted before its first byte.
    const overdue = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => isBegun || reject(signal.reason));
    });
    const { agent, request } = await (this.#undici ??= loadUndici(this.#connect));
    const dispatcher = agent.compose(
      (dispatch) => (options, handler) =>
        dispatch(
          options,
          watched(handler, () => {
            isBegun = !signal.aborted;
          }),
        ),
    );
    try {
      const answering = request(`${this.#origin}${ask.path}`, {
        method: ask.method,
        headers: ask.headers ?? {},
        body: ask.body ?? null,
        dispatcher,
        signal,
      });
      const response = await Promise.race([answering, overdue]);
      const headers = flat(response.headers);
      const body = await readBounded(response.body);
      const status = response.statusCode;
      return {
        status,
        headers,
        body,
        frames: [sent, this.#frame('received', String(status), headers, body, ask)],
      };
    } catch (error) {
      if (error instanceof PbxError) throw error;
      if (error instanceof Error && error.cause instanceof PbxError) throw error.cause;
      const reason = reasonOf(error, ask.withinMs);
      throw isBegun ? new NoAnswer(reason, sent) : notSent(reason, error);
    }
  }

  /** Ends all connections and what waits on them. Idempotent. */
  async close(): Promise<void> {
    const undici = await this.#undici;
    await undici?.agent.destroy();
  }

  #frame(
    direction: Frame['direction'],
    line: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    ask: HttpAsk,
  ): Frame {
    const hide = (text: string) =>
      (ask.secrets ?? [])
        .filter((secret) => secret !== '')
        .reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
    const shown = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        HIDDEN_HEADERS.has(name.toLowerCase()) ? '***' : hide(value),
      ]),
    );
    const lines = Object.entries(shown).map(([name, value]) => `${name}: ${value}`);
    return {
      direction,
      atMicros: this.#clock.nowMicros(),
      raw: [hide(line), ...lines, '', hide(body)].join('\r\n'),
      data: { line: hide(line), headers: shown, body: hide(body) },
    };
  }
}

/** Tells when the first byte of a request is about to go: until then it can not have arrived. */
function watched(handler: Dispatcher.DispatchHandler, begin: () => void): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (controller, context) => {
      begin();
      handler.onRequestStart?.(controller, context);
    },
    onResponseStart: (...told) => handler.onResponseStart?.(...told),
    onResponseData: (...told) => handler.onResponseData?.(...told),
    onResponseEnd: (...told) => handler.onResponseEnd?.(...told),
    onResponseError: (...told) => handler.onResponseError?.(...told),
  };
}

/** Closed while it connected, or no connection came free in time. */
function notSent(reason: string, cause: unknown): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_unreachable',
    said: reason,
    remedy: 'The request was not sent, as no connection to the PBX was ready in time; try again.',
    cause,
  });
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}

async function readBounded(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error(`The answer is over ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reasonOf(error: unknown, withinMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `No answer within ${withinMs / 1000} s`;
  return error instanceof Error ? error.message : String(error);
}
