import type { GroupWriter } from './group-writer.ts';

/** A pruning comes with every so many guarded openings, and may delete twice as many: it always keeps up. */
const OPENINGS = 64;
const CLICKS_AT_ONCE = 2 * OPENINGS;
/** Clicks are kept for so long at least, so that a process with a shorter window leaves alone what another may need. */
const KEEP_MICROS = 600_000_000;

/**
 * Deletes clicks that no guard will ask for again. It counts openings instead of keeping a timer: a quiet installation
 * does nothing, a busy one prunes in small bites between the batches of clicks.
 */
export class ClickPruner {
  readonly #writer: GroupWriter;
  #openings = 0;
  #longestWindow = 0;

  constructor(writer: GroupWriter) {
    this.#writer = writer;
  }

  /** Called after the opening was answered. */
  opened(windowMicros: number, atMicros: number): void {
    this.#longestWindow = Math.max(this.#longestWindow, windowMicros);
    this.#openings += 1;
    if (this.#openings % OPENINGS !== 0) return;
    const before = atMicros - Math.max(KEEP_MICROS, this.#longestWindow);
    // Where it fails, the next one does its work.
    this.#writer.submit(['pruneClicks', before, CLICKS_AT_ONCE]).catch(() => {});
  }
}
