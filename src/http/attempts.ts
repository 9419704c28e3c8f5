import { createHmac } from 'node:crypto';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import { newToken } from '../kit/ids.ts';
import { neighbourOf } from '../kit/ip-address.ts';

const MINUTE_SECONDS = 60;
const WINDOW_SECONDS = 10 * MINUTE_SECONDS;

/**
 * What is counted, and how much of it there may be, as a multiple of the setting. Of keys and log-ins those that fail, of the
 * others all.
 */
const KINDS = {
  /** By address. A key can't be guessed: this keeps the noise down. */
  key: { times: 10, seconds: MINUTE_SECONDS },
  /** By address: log-ins, and links that let somebody in or set a password. */
  login: { times: 1, seconds: WINDOW_SECONDS },
  /** By e-mail, from wherever. */
  person: { times: 1, seconds: WINDOW_SECONDS },
  /** By address. */
  signup: { times: 1, seconds: WINDOW_SECONDS },
  /** By address: links that are asked for. */
  reset: { times: 1, seconds: WINDOW_SECONDS },
  /** By e-mail: letters that somebody else can have sent to it. */
  letter: { times: 0.5, seconds: WINDOW_SECONDS },
  /** By account: letters to whom is invited. */
  invitation: { times: 2, seconds: WINDOW_SECONDS },
} as const;
export type AttemptKind = keyof typeof KINDS;

/** There were too many; the next one is taken after so many seconds. */
export class TooManyAttempts extends Error {
  override readonly name = 'TooManyAttempts';
  readonly seconds: number;

  constructor(seconds: number) {
    super(`Too many attempts; try again in ${seconds} seconds.`);
    this.seconds = seconds;
  }
}

/** Counters of one kind. However many addresses there are, they share these, so that none of them costs more memory. */
const SLOTS = 65_536;

/** Counts attempts, in the memory of this process: with several processes each of them counts its own. */
export class Attempts {
  readonly #max: number;
  /** The library is loaded at the first attempt: it brings every store that it knows, two megabytes of them. */
  #limiters: Promise<Limiters> | undefined;
  /** So that nobody can choose addresses that share a counter with somebody else's. */
  readonly #salt = newToken(16);

  /** @param max failed log-ins in ten minutes, and the others in proportion; 0: nothing is counted */
  constructor(max: number) {
    this.#max = max;
  }

  /** Counts an attempt before it is made, so that many at once are many. @throws TooManyAttempts */
  async take(kind: AttemptKind, subject: string): Promise<void> {
    const limiter = await this.#limiter(kind);
    try {
      await limiter?.consume(this.#slot(subject));
    } catch (reason) {
      // What it rejects with is no error but the state of the counter.
      const { msBeforeNext } = reason as { readonly msBeforeNext?: unknown };
      if (typeof msBeforeNext !== 'number') throw reason;
      throw new TooManyAttempts(Math.max(1, Math.ceil(msBeforeNext / 1000)));
    }
  }

  /** One that was taken was none of those that are counted: it did not fail. */
  async giveBack(kind: AttemptKind, subject: string): Promise<void> {
    const limiter = await this.#limiter(kind);
    await limiter?.reward(this.#slot(subject));
  }

  async #limiter(kind: AttemptKind): Promise<RateLimiterMemory | undefined> {
    if (this.#max === 0) return undefined;
    const limiters = await (this.#limiters ??= limitersOf(this.#max));
    return limiters[kind];
  }

  #slot(subject: string): string {
    const hash = createHmac('sha256', this.#salt).update(neighbourOf(subject)).digest();
    return String(hash.readUInt32BE() % SLOTS);
  }
}

type Limiters = Readonly<Record<AttemptKind, RateLimiterMemory>>;

async function limitersOf(max: number): Promise<Limiters> {
  const { RateLimiterMemory } = await import('rate-limiter-flexible');
  const limiters = Object.entries(KINDS).map(([kind, { times, seconds }]) => [
    kind,
    new RateLimiterMemory({ points: Math.ceil(max * times), duration: seconds }),
  ]);
  return Object.fromEntries(limiters) as Limiters;
}
