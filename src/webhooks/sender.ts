import type { Socket } from 'node:net';
import type { AddressGuard } from '../kit/address-guard.ts';
import type { Clock } from '../kit/clock.ts';
import { connect, ConnectFailed } from '../net/connect.ts';
import { loadAgent } from '../net/http-agent.ts';
import { exchange } from '../net/http-exchange.ts';
import { excerptOf } from './excerpt.ts';
import { askedRestMicros } from './retry-after.ts';

/** What came of one message. */
export interface Sent {
  readonly atMicros: number;
  readonly durationMicros: number;
  /** HTTP; undefined: there was no answer. */
  readonly status: number | undefined;
  /** What was wrong, in a sentence; empty: it was taken. */
  readonly error: string;
  /** The beginning of the answer's body, as it may be shown. */
  readonly response: string;
  /** For how long the receiver asks to be left alone; 0: it does not. */
  readonly askedRestMicros: number;
}

const ANSWER_MS_MAX = 15_000;
const CONNECTIONS_MAX = 8;
const ANSWER_BYTES_MAX = 4_096;
const GONE = 410;
export const NETWORKS =
  'Give one at a public address, or ask the operator of this installation to name its network in C2C_PBX_NETWORKS.';

/**
 * Sends messages to where customers said: over checked addresses alone, bounded in size and time, following no redirect. No
 * address that is told to it is connected to unchecked, whatever a name means at the next look-up.
 */
export class Sender {
  readonly #guard: AddressGuard;
  readonly #clock: Clock;
  readonly #withinMs: number;
  #agent: ReturnType<typeof loadAgent> | undefined;

  constructor(guard: AddressGuard, clock: Clock, withinMs = ANSWER_MS_MAX) {
    this.#guard = guard;
    this.#clock = clock;
    this.#withinMs = withinMs;
  }

  /** Never rejects. */
  async send(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Sent> {
    const atMicros = this.#clock.nowMicros();
    const began = this.#clock.monotonicMs();
    const timed = (came: Omit<Sent, 'atMicros' | 'durationMicros'>): Sent => ({
      atMicros,
      durationMicros: Math.round((this.#clock.monotonicMs() - began) * 1000),
      ...came,
    });
    try {
      const answer = await this.#exchange(new URL(url), headers, body);
      const { status } = answer;
      return timed({
        status,
        error: wrongOf(status),
        response: excerptOf(answer.body),
        askedRestMicros: askedRestMicros(answer.headers, this.#clock.nowMicros()),
      });
    } catch (error) {
      return timed({ status: undefined, error: reasonOf(error), response: '', askedRestMicros: 0 });
    }
  }

  /** Ends all connections and what waits on them. Idempotent. */
  async close(): Promise<void> {
    const agent = await this.#agent;
    await agent?.destroy();
  }

  async #exchange(url: URL, headers: Readonly<Record<string, string>>, body: string) {
    this.#agent ??= loadAgent({
      connections: CONNECTIONS_MAX,
      connect: (origin) => this.#connect(origin),
    });
    const { origin, pathname, search } = url;
    const request = { origin, path: pathname + search, method: 'POST', headers, body } as const;
    return exchange(await this.#agent, request, this.#withinMs, () => undefined, {
      bytes: ANSWER_BYTES_MAX,
      longer: 'is_cut',
    });
  }

  #connect({ protocol, hostname, port }: URL): Promise<Socket> {
    const tls = protocol === 'https:';
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const target = { host, port: port === '' ? (tls ? 443 : 80) : Number(port), tls, fingerprint: '' };
    return connect(target, this.#guard);
  }
}

/** The receiver wants no more, says its answer. */
export function isGone({ status }: Pick<Sent, 'status'>): boolean {
  return status === GONE;
}

function wrongOf(status: number): string {
  if (status >= 200 && status < 300) return '';
  if (status === GONE) return 'Answered with HTTP 410: the receiver wants no more.';
  if (status >= 300 && status < 400)
    return `Answered with HTTP ${status}: redirects are not followed; give the URL that it leads to.`;
  return `Answered with HTTP ${status}; a status of 200 to 299 says that it was taken.`;
}

function reasonOf(error: unknown): string {
  const reason = error instanceof Error && error.cause instanceof ConnectFailed ? error.cause : error;
  const said = excerptOf(reason instanceof Error ? reason.message : String(reason));
  if (reason instanceof ConnectFailed && reason.reason === 'address_refused') return `${said}. ${NETWORKS}`;
  return said || 'The connection failed without a reason.';
}
