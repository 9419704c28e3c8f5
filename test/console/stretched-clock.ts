import { systemClock, type Clock } from '../../src/kit/clock.ts';

/** A clock that began in the past, and runs as much faster than life as the PBX in the box does, until it has caught up. */
export class StretchedClock implements Clock {
  readonly #pace: number;
  #isCaughtUp = false;
  #told: number;
  #since = performance.now();

  /** @param pace how many of its seconds pass in one */
  constructor(fromMicros: number, pace: number) {
    this.#told = fromMicros;
    this.#pace = pace;
  }

  nowMicros(): number {
    if (this.#isCaughtUp) return systemClock.nowMicros();
    return Math.round(this.#told + (performance.now() - this.#since) * 1000 * this.#pace);
  }

  monotonicMs(): number {
    return performance.now();
  }

  /** Never back: what has been written down has a time. */
  jumpTo(micros: number): void {
    this.#told = Math.max(micros, this.nowMicros());
    this.#since = performance.now();
  }

  /** From now on it is the machine's own. */
  catchUp(): void {
    this.#isCaughtUp = true;
  }
}
