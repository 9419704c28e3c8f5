import type { Clock } from '../kit/clock.ts';
import { newId } from '../kit/ids.ts';
import type { Logger } from '../kit/logger.ts';
import type { Journal } from './ports.ts';

export const BEAT_MS = 3_000;
/** A process that was not heard of for so long is taken for dead, and its calls are taken over. */
export const DEAD_AFTER_MICROS = 15_000_000;

/** Says every 3 s that this process lives and tends its calls: one row, however many they are. */
export class Heartbeat {
  /** Under which calls are tended. */
  readonly tender = newId();
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #log: Logger;
  #beating: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor({ journal, clock, log }: { journal: Journal; clock: Clock; log: Logger }) {
    this.#journal = journal;
    this.#clock = clock;
    this.#log = log;
  }

  /** Begins with the first call; resolves when others can see it. @throws StoreError; the next call tries again */
  start(): Promise<void> {
    this.#beating ??= this.#start();
    return this.#beating;
  }

  /** Leaves all calls to others. Idempotent. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#beating === undefined) return;
    this.#beating = undefined;
    // Where it can't be said, others find out by the silence.
    await this.#journal.farewell(this.tender).catch(() => undefined);
  }

  async #start(): Promise<void> {
    try {
      await this.#beat();
    } catch (error) {
      this.#beating = undefined;
      throw error;
    }
    this.#timer = setInterval(() => {
      this.#beat().catch((error: unknown) => this.#log.warn({ err: error }, 'Could not say that we live.'));
    }, BEAT_MS).unref();
  }

  #beat(): Promise<void> {
    return this.#journal.beat(this.tender, this.#clock.nowMicros());
  }
}
