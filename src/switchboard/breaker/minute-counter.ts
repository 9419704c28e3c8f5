interface Counts {
  readonly minute: number;
  readonly now: number;
  readonly before: number;
}

const MINUTE_MS = 60_000;
const NAMES_MAX = 10_000;

/**
 * How often something happened within the last minute: what the minute that is going on has, and of the one before as much as is
 * not yet a minute ago, as if it had been even. It takes three numbers, however often it is.
 */
export class MinuteCounter {
  readonly #counts = new Map<string, Counts>();

  /** @param nowMs on a clock that never steps back */
  count(name: string, nowMs: number): number {
    const { now, before } = this.#at(name, nowMs);
    return now + before * (1 - (nowMs % MINUTE_MS) / MINUTE_MS);
  }

  add(name: string, nowMs: number): void {
    if (this.#counts.size >= NAMES_MAX) this.#drop(nowMs);
    const counts = this.#at(name, nowMs);
    this.#counts.set(name, { ...counts, now: counts.now + 1 });
  }

  /** Takes one back that did not happen after all. */
  undo(name: string, nowMs: number): void {
    const counts = this.#at(name, nowMs);
    if (counts.now > 0) this.#counts.set(name, { ...counts, now: counts.now - 1 });
  }

  #at(name: string, nowMs: number): Counts {
    const minute = Math.floor(nowMs / MINUTE_MS);
    const counts = this.#counts.get(name);
    if (counts === undefined || counts.minute < minute - 1) return { minute, now: 0, before: 0 };
    return counts.minute === minute ? counts : { minute, now: 0, before: counts.now };
  }

  #drop(nowMs: number): void {
    const minute = Math.floor(nowMs / MINUTE_MS);
    for (const [name, counts] of this.#counts) if (counts.minute < minute - 1) this.#counts.delete(name);
  }
}
