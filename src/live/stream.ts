import type { Writable } from 'node:stream';
import type { Logger } from '../kit/logger.ts';
import type { AccountFeed } from './account-feed.ts';
import type { LiveEvent } from './live-event.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import type { Source } from './source.ts';

/** Milliseconds. */
export interface StreamTimes {
  /** Between two signs of life. */
  readonly heartbeatMs: number;
  /** The stream ends then, and the client comes back: nothing is open for ever. */
  readonly longestMs: number;
  /** A client that takes nothing for so long is let go; it may come back. */
  readonly stalledMs: number;
  /** How long a client is asked to wait before it comes back. */
  readonly retryMs: number;
}

interface StreamDeps {
  readonly source: Source;
  readonly feed: AccountFeed;
  readonly log: Logger;
  readonly times: StreamTimes;
  /** The id after which it begins. */
  readonly after: number;
  /** Whether whoever opened it may still listen; asked now and then. */
  readonly isAllowed: () => Promise<boolean>;
  /** By which all streams read: those who catch up are not to hold up those who listen. */
  readonly inTurn: OneAtATime;
  readonly closed: () => void;
}

const PAGE = 50;
/** What is told while a page is read. More than that is read again. */
const HELD_MAX = 1_000;

/**
 * One client's Server-Sent Events. While the client takes what it is given, events go to it as they are told. One that
 * does not is left alone until it has: nothing is kept for it meanwhile but what its socket holds, and then it is served
 * out of the store until it has caught up.
 */
export class Stream {
  readonly #deps: StreamDeps;
  readonly #sink: Writable;
  readonly #timers: NodeJS.Timeout[] = [];
  /** The id of the last event that was written or passed over. */
  #cursor: number;
  /** The last id that the client knows. */
  #known: number;
  #isLive = false;
  /** What was told while the store is read; undefined: it will be read anyway. */
  #held: LiveEvent[] | undefined;
  #isClosed = false;

  constructor(sink: Writable, deps: StreamDeps) {
    this.#deps = deps;
    this.#sink = sink;
    this.#cursor = deps.after;
    this.#known = deps.after;
  }

  start(): void {
    const { feed, times } = this.#deps;
    if (this.#sink.destroyed) return this.#close();
    this.#sink.once('close', () => this.#close());
    this.#sink.on('error', () => this.#close());
    feed.add(this.#hear);
    this.#timers.push(
      setInterval(() => void this.#beat(), times.heartbeatMs).unref(),
      setTimeout(() => this.end(), times.longestMs).unref(),
    );
    // The id says where it begins, so that a client that is cut off before its first event misses none.
    this.#sink.write(`retry: ${times.retryMs}\nid: ${this.#cursor}\n\n`);
    void this.#catchUp();
  }

  /** Ends it cleanly. The client comes back, and gets what follows. Idempotent. */
  end(): void {
    if (this.#isClosed) return;
    this.#close();
    this.#sink.end();
  }

  readonly #hear = (events: readonly LiveEvent[]): void => {
    if (this.#isLive) {
      if (!this.#write(events)) void this.#catchUp();
    } else if (this.#held !== undefined) {
      if (this.#held.length + events.length > HELD_MAX) this.#held = undefined;
      else this.#held.push(...events);
    }
  };

  /** @returns false where the client has enough for now: what was not written is to be read again */
  #write(events: readonly LiveEvent[]): boolean {
    const { source } = this.#deps;
    for (const event of events) {
      const id = source.idOf(event);
      if (id === undefined || id <= this.#cursor || this.#isClosed) continue;
      this.#cursor = id;
      const hasRoom = !source.wants(event) || this.#send(source.frame(event, id), id);
      if (source.isLast(event)) this.end();
      if (!hasRoom) return false;
    }
    return true;
  }

  #send(bytes: Buffer | string, id: number): boolean {
    this.#known = id;
    return this.#sink.write(bytes);
  }

  async #catchUp(): Promise<void> {
    this.#isLive = false;
    try {
      while (await this.#hasRoom()) {
        const recent = this.#deps.source.recent(this.#deps.feed, this.#cursor);
        if (recent !== undefined) {
          if (!this.#write(recent)) continue;
          this.#isLive = true;
          return;
        }
        const page = await this.#deps.inTurn(() => this.#read());
        // In the same breath as what is done with it: nothing is told in between.
        const held: LiveEvent[] | undefined = this.#held;
        this.#held = undefined;
        if (!this.#write(page)) continue;
        // What was told before the page was read is in it, or behind a full one; what was told since, was held.
        if (page.length < PAGE && held !== undefined && this.#write(held)) {
          this.#isLive = true;
          return;
        }
      }
    } catch (error) {
      this.#deps.log.warn(
        { err: error },
        'A stream could not be served from the store; its client comes back.',
      );
      this.end();
    }
  }

  /** A page, and from its beginning on what is told meanwhile. */
  async #read(): Promise<readonly LiveEvent[]> {
    if (this.#isClosed) return [];
    this.#held = [];
    return this.#deps.source.read(this.#cursor, PAGE);
  }

  /** Waits until the client has taken what it was given. False: the stream is over. */
  async #hasRoom(): Promise<boolean> {
    if (!this.#isClosed && this.#sink.writableNeedDrain) {
      await drainedOrClosed(this.#sink, this.#deps.times.stalledMs);
      if (!this.#isClosed && this.#sink.writableNeedDrain) {
        this.#deps.log.debug({}, 'A client that took nothing any more was let go.');
        this.#close();
        this.#sink.destroy();
      }
    }
    return !this.#isClosed;
  }

  async #beat(): Promise<void> {
    const isAllowed = await this.#deps.isAllowed().catch(() => true);
    if (!isAllowed) return this.end();
    if (this.#isClosed || this.#sink.writableNeedDrain) return;
    // What was passed over counts too: a client that comes back need not have it looked through again.
    if (this.#cursor > this.#known) this.#send(`:\nid: ${this.#cursor}\n\n`, this.#cursor);
    else this.#sink.write(':\n\n');
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#held = undefined;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#deps.feed.remove(this.#hear);
    this.#deps.closed();
  }
}

function drainedOrClosed(sink: Writable, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      sink.off('drain', done).off('close', done);
      resolve();
    };
    const timer = setTimeout(done, withinMs);
    sink.once('drain', done).once('close', done);
  });
}
