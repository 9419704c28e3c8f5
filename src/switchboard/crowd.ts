import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';

/**
 * So many requests between their coming and their PBX: looked at, and on their way to the disk. A quiet disk takes this many in
 * well under a second; behind them a request would wait for longer than whoever clicked.
 */
const CROWD_MAX = 512;
/** A crowd is told of once in so long, however many are sent away. */
const TELL_MS = 10_000;

/** More requests are under way than can be answered in time. Nothing was written, and no PBX was asked. */
export class Crowded extends Error {
  override readonly name = 'Crowded';

  constructor() {
    super('More calls are asked for at once than can be begun, so no PBX was asked. Try again in a moment.');
  }
}

/**
 * Keeps what is under way small enough to be answered: who comes on top of that is sent away before any work is done for
 * them. What waits for a PBX is not counted: a slow one takes nobody else's place, and each has bounds of its own.
 */
export class Crowd {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #max: number;
  #inside = 0;
  #toldMs = -Infinity;

  constructor({ clock, log }: { readonly clock: Clock; readonly log: Logger }, max = CROWD_MAX) {
    this.#clock = clock;
    this.#log = log;
    this.#max = max;
  }

  /** @returns how to leave; to leave twice is to leave once @throws Crowded */
  enter(): () => void {
    if (this.#inside >= this.#max) {
      this.#tell();
      throw new Crowded();
    }
    this.#inside += 1;
    let isInside = true;
    return () => {
      if (isInside) this.#inside -= 1;
      isInside = false;
    };
  }

  #tell(): void {
    const now = this.#clock.monotonicMs();
    if (now - this.#toldMs < TELL_MS) return;
    this.#toldMs = now;
    this.#log.warn(
      { underWay: this.#inside },
      'More calls are asked for than can be begun; some are refused.',
    );
  }
}
