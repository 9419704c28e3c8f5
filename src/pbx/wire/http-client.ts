import type { Socket } from 'node:net';
import type { Agent } from 'undici';
import type { AddressGuard } from '../../kit/address-guard.ts';
import type { Clock } from '../../kit/clock.ts';
import { loadAgent } from '../../net/http-agent.ts';
import { exchange } from '../../net/http-exchange.ts';
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

const CONNECTIONS_MAX = 16;
const HIDDEN_HEADERS = new Set(['authorization', 'cookie', 'set-cookie', 'x-auth-token', 'x-api-key']);

/** HTTP to one PBX: over checked addresses and certificates alone, bounded in size and time, following no redirect. */
export class HttpClient {
  readonly #origin: string;
  readonly #clock: Clock;
  readonly #connect: () => Promise<Socket>;
  #agent: Promise<Agent> | undefined;

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
    const sent = this.#sent(ask);
    let isBegun = false;
    const request = {
      origin: this.#origin,
      path: ask.path,
      method: ask.method,
      headers: ask.headers ?? {},
      body: ask.body ?? null,
    };
    const begin = () => {
      isBegun = true;
    };
    try {
      const agent = await (this.#agent ??= loadAgent({
        connections: CONNECTIONS_MAX,
        connect: this.#connect,
      }));
      const { status, headers, body } = await exchange(agent, request, ask.withinMs, begin);
      return {
        status,
        headers,
        body,
        frames: [sent, this.#frame('received', String(status), headers, body, ask)],
      };
    } catch (error) {
      if (error instanceof PbxError) throw error;
      if (error instanceof Error && error.cause instanceof PbxError) throw error.cause;
      const reason = error instanceof Error ? error.message : String(error);
      throw isBegun ? new NoAnswer(reason, sent) : notSent(reason, error);
    }
  }

  /** The request as it would go over the wire, secrets masked. */
  written(ask: HttpAsk): string {
    return this.#sent(ask).raw;
  }

  /** Ends all connections and what waits on them. Idempotent. */
  async close(): Promise<void> {
    const agent = await this.#agent;
    await agent?.destroy();
  }

  #sent(ask: HttpAsk): Frame {
    return this.#frame('sent', `${ask.method} ${ask.path}`, ask.headers ?? {}, ask.body ?? '', ask);
  }

  #frame(
    direction: Frame['direction'],
    line: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    ask: HttpAsk,
  ): Frame {
    const secrets = (ask.secrets ?? []).filter((secret) => secret !== '');
    const hide = (text: string) => secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
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
