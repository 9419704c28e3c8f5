import type { Logger } from '../kit/logger.ts';
import { LiveEvent } from './live-event.ts';
import type { EventStore, FeedEvent } from './ports.ts';

/** Wants an account's events: each once, in the order of the feed, several at a time. Never throws. */
export type Listener = (events: readonly LiveEvent[]) => void;

const PAGE = 200;
/** How many of the last events are at hand, and for how many looks: a client that is a little behind needs no store. */
const RECENT_MAX = 1_000;
const RECENT_LOOKS = 10;

/**
 * The feed of one account, for all who listen to it in this process. The places of a feed have no holes, so a place that
 * was passed over says that somebody else wrote there, or that two writes were told in another order than they were
 * committed in: what is missing is read, once for all listeners, before anything behind it is passed on.
 */
export class AccountFeed {
  readonly #tenantId: string;
  readonly #store: EventStore;
  readonly #log: Logger;
  readonly #listeners = new Set<Listener>();
  /** Heard, and not passed on yet. */
  readonly #early = new Map<number, LiveEvent>();
  /** The last place that was passed on; undefined until it is known where the feed stands. */
  #head: number | undefined;
  /** Those that were passed on last, without holes up to the head. */
  #recent: LiveEvent[] = [];
  /** Where the head was at the last looks. */
  #heads: number[] = [];
  #opening: Promise<void> | undefined;
  #isFlushing = false;
  #isFilling = false;

  constructor(tenantId: string, store: EventStore, log: Logger) {
    this.#tenantId = tenantId;
    this.#store = store;
    this.#log = log;
  }

  /** Resolves when it passes on what is told. @throws StoreError; the next one tries again */
  open(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  get isWanted(): boolean {
    return this.#listeners.size > 0;
  }

  add(listener: Listener): void {
    this.#listeners.add(listener);
  }

  remove(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  /** What was passed on behind a place; undefined: that is for the store to say. */
  since(position: number): readonly LiveEvent[] | undefined {
    const { position: first = Number.MAX_SAFE_INTEGER } = this.#recent[0] ?? {};
    if (this.#head === undefined) return undefined;
    if (position >= this.#head) return [];
    return position < first - 1 ? undefined : this.#recent.slice(position - first + 1);
  }

  /** Takes in what this process has told. */
  hear(event: FeedEvent): void {
    this.#early.set(event.position, new LiveEvent(event, event.position));
    this.#flushSoon();
  }

  /** Looks whether somebody else has written. Never rejects. */
  async look(): Promise<void> {
    this.#forget();
    try {
      const head = await this.#store.headOf(this.#tenantId);
      if (this.#head !== undefined && head > this.#head) await this.#fill();
    } catch (error) {
      this.#log.debug({ err: error }, 'Could not look at a feed; trying again.');
    }
  }

  async #open(): Promise<void> {
    try {
      const head = await this.#store.headOf(this.#tenantId);
      // Clients come back together, with ids of not long ago: these are read once for all of them.
      const last = await this.#store.eventsAfter(this.#tenantId, Math.max(0, head - PAGE), PAGE);
      this.#recent = last.map((event) => new LiveEvent(event, event.position));
      this.#head = last.at(-1)?.position ?? head;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
    this.#flushSoon();
  }

  /** At the end of this turn, so that what was committed together goes to each listener at once, and in its order. */
  #flushSoon(): void {
    if (this.#isFlushing || this.#head === undefined) return;
    this.#isFlushing = true;
    setImmediate(() => {
      this.#isFlushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    const ready: LiveEvent[] = [];
    let next = this.#head ?? 0;
    for (const position of this.#early.keys()) if (position <= next) this.#early.delete(position);
    for (;;) {
      const event = this.#early.get(next + 1);
      if (event === undefined) break;
      next += 1;
      this.#early.delete(next);
      ready.push(event);
    }
    this.#pass(ready);
    if (this.#early.size > 0) void this.#fill().catch(() => undefined);
  }

  /** Reads what was passed over, and everything behind it. */
  async #fill(): Promise<void> {
    if (this.#isFilling) return;
    this.#isFilling = true;
    try {
      for (;;) {
        const page = await this.#store.eventsAfter(this.#tenantId, this.#head ?? 0, PAGE);
        this.#pass(page.map((event) => new LiveEvent(event, event.position)));
        if (page.length < PAGE) break;
      }
    } finally {
      this.#isFilling = false;
    }
    if (this.#early.size > 0) this.#flushSoon();
  }

  #pass(events: readonly LiveEvent[]): void {
    const head = this.#head ?? 0;
    const fresh = events.filter(({ position }) => position > head);
    if (fresh.length === 0) return;
    this.#head = fresh.at(-1)?.position ?? head;
    this.#recent.push(...fresh);
    if (this.#recent.length > RECENT_MAX) this.#recent = this.#recent.slice(-RECENT_MAX);
    for (const listener of this.#listeners) listener(fresh);
  }

  #forget(): void {
    this.#heads.push(this.#head ?? 0);
    if (this.#heads.length <= RECENT_LOOKS) return;
    const old = this.#heads.shift() ?? 0;
    this.#recent = this.#recent.filter(({ position }) => position > old);
  }
}
