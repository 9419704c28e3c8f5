import type { GroupWriter } from './group-writer.ts';

/** A pruning comes with every so many guarded openings, and looks at twice as many clicks: so it always keeps up. */
const OPENINGS = 64;
const CLICKS_AT_ONCE = 2 * OPENINGS;
/** Clicks are kept for so long at least, so that a process with a shorter window leaves alone what another may need. */
const KEEP_MICROS = 60_000_000;

/**
 * Deletes clicks that no guard will ask for again. It walks round the table in the order of its key, in small bites
 * between the batches of clicks: no index by time is needed, which every click would have to write. And it counts
 * openings instead of keeping a timer: a quiet installation does nothing.
 */
export class ClickPruner {
  readonly #writer: GroupWriter;
  #openings = 0;
  #longestWindow = KEEP_MICROS;
  #seen = '';

  constructor(writer: GroupWriter) {
    this.#writer = writer;
  }

  /** Called after the opening was answered. */
  opened(windowMicros: number, atMicros: number): void {
    this.#longestWindow = Math.max(this.#longestWindow, windowMicros);
    this.#openings += 1;
    if (this.#openings % OPENINGS === 0) void this.#prune(atMicros - this.#longestWindow);
  }

  async #prune(before: number): Promise<void> {
    try {
      const seen = await this.#writer.submit(['pruneClicks', this.#seen, before, CLICKS_AT_ONCE]);
      this.#seen = typeof seen === 'string' ? seen : '';
    } catch {
      // The next one does its work.
    }
  }
}
