import type { Socket } from 'node:net';
import type { Agent } from 'undici';
import type { AddressGuard } from '../../kit/address-guard.ts';
import type { Clock } from '../../kit/clock.ts';
import { loadAgent } from '../../net/http-agent.ts';
import { receivedFrame, sentFrame } from './http-frames.ts';
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
    const sentMicros = this.#clock.nowMicros();
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
      const receivedMicros = this.#clock.nowMicros();
      // Most of what is asked about a call under way is told nobody: what it said is written out when it is.
      const frames = once(
        () =>
          [
            sentFrame(ask, sentMicros),
            receivedFrame({ status, headers, body }, ask, receivedMicros),
          ] as const,
      );
      return {
        status,
        headers,
        body,
        get frames() {
          return frames();
        },
      };
    } catch (error) {
      if (error instanceof PbxError) throw error;
      if (error instanceof Error && error.cause instanceof PbxError) throw error.cause;
      const reason = error instanceof Error ? error.message : String(error);
      throw isBegun ? new NoAnswer(reason, sentFrame(ask, sentMicros)) : notSent(reason, error);
    }
  }

  /** The request as it would go over the wire, secrets masked. */
  written(ask: HttpAsk): string {
    return sentFrame(ask, this.#clock.nowMicros()).raw;
  }

  /** Ends all connections and what waits on them. Idempotent. */
  async close(): Promise<void> {
    const agent = await this.#agent;
    await agent?.destroy();
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
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
