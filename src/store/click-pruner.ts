import type { GroupWriter } from './group-writer.ts';

/** A pruning comes with every so many guarded openings, and looks at twice as many clicks: so it always keeps up. */
const OPENINGS = 64;
const CLICKS_AT_ONCE = 2 * OPENINGS;

/**
 * Deletes clicks that no guard will ask for again: each is kept for as long as its own guard looks back. It walks round the
 * table in the order of its key, in small bites between the batches of clicks: no index by time is needed, which every click
 * would have to write. And it counts openings instead of keeping a timer: a quiet installation does nothing.
 */
export class ClickPruner {
  readonly #writer: GroupWriter;
  #openings = 0;
  #seen = '';

  constructor(writer: GroupWriter) {
    this.#writer = writer;
  }

  /** Called after the opening was answered. */
  opened(atMicros: number): void {
    this.#openings += 1;
    if (this.#openings % OPENINGS === 0) void this.#prune(atMicros);
  }

  async #prune(nowMicros: number): Promise<void> {
    try {
      const seen = await this.#writer.submit(['pruneClicks', this.#seen, nowMicros, CLICKS_AT_ONCE]);
      this.#seen = typeof seen === 'string' ? seen : '';
    } catch {
      // The next one does its work.
    }
  }
}
