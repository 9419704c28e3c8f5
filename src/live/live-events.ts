import type { Writable } from 'node:stream';
import type { EventType } from '../../contract/call-words.ts';
import { backoffMs } from '../kit/backoff.ts';
import type { Logger } from '../kit/logger.ts';
import { AccountFeed } from './account-feed.ts';
import type { EventBus } from './bus.ts';
import type { EventStore, HeardEvent } from './ports.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { accountSource, callSource, type Source } from './source.ts';
import { Stream, type StreamTimes } from './stream.ts';

interface LiveDeps {
  readonly store: EventStore;
  readonly bus: EventBus;
  readonly log: Logger;
  readonly times?: Partial<LiveTimes>;
}

interface LiveTimes extends Omit<StreamTimes, 'retryMs'> {
  /** Milliseconds between two looks at what other processes have told. */
  readonly lookMs: number;
}

const TIMES: LiveTimes = { lookMs: 1_000, heartbeatMs: 15_000, longestMs: 3_600_000, stalledMs: 30_000 };
/** So that clients that were cut off together do not all come back together. */
const RETRY_MS_MAX = 3_000;

/** The account has as many streams open as it may in one process. */
export class TooManyStreams extends Error {
  override readonly name = 'TooManyStreams';
}

export const STREAMS_MAX = 1_000;

interface Beginning {
  readonly source: Source;
  readonly after: number;
}

/** A stream that is ready to begin. It is to be started, whatever comes. */
export interface Opened {
  /** The id after which it begins. */
  readonly after: number;
  /** @param isAllowed whether whoever opened it may still listen; asked now and then */
  start(sink: Writable, isAllowed: () => Promise<boolean>): void;
}

/** Tells the outside, now: every stream of this process. */
export class LiveEvents {
  readonly #store: EventStore;
  readonly #log: Logger;
  readonly #times: LiveTimes;
  readonly #feeds = new Map<string, AccountFeed>();
  readonly #streams = new Map<string, Set<Stream>>();
  readonly #inTurn = oneAtATime();
  readonly #unsubscribe: () => void;
  #looking: NodeJS.Timeout | undefined;
  #isLooking = false;
  #isClosed = false;

  constructor({ store, bus, log, times }: LiveDeps) {
    this.#store = store;
    this.#log = log;
    this.#times = { ...TIMES, ...times };
    this.#unsubscribe = bus.subscribe((events) => this.#hear(events));
  }

  /**
   * What all calls of an account tell.
   * @param after a place in the feed; undefined: from now on
   * @param types undefined: all
   * @returns undefined where the feed does not reach that far: the place is not of this feed
   * @throws StoreError, TooManyStreams
   */
  openAccount(
    tenantId: string,
    after: number | undefined,
    types: ReadonlySet<EventType> | undefined,
  ): Promise<Opened | undefined> {
    return this.#open(tenantId, async () => {
      const head = await this.#store.headOf(tenantId);
      if (after !== undefined && after > head) return undefined;
      return { source: accountSource(this.#store, tenantId, types), after: after ?? head };
    });
  }

  /**
   * What one call tells, from the event behind `after` to its end.
   * @param isOver the call was over before this was asked
   * @param isForPages it goes into a web page, where everybody reads it
   * @returns undefined where there is nothing more to tell
   * @throws StoreError, TooManyStreams
   */
  openCall(
    { id, tenantId }: { readonly id: string; readonly tenantId: string },
    after: number,
    isOver: boolean,
    isForPages = false,
  ): Promise<Opened | undefined> {
    return this.#open(tenantId, async () => {
      const source = callSource(this.#store, id, isForPages);
      if (isOver && (await source.read(after, 1)).length === 0) return undefined;
      return { source, after };
    });
  }

  /** Ends every stream. Idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#unsubscribe();
    clearInterval(this.#looking);
    for (const streams of this.#streams.values()) for (const stream of streams) stream.end();
  }

  async #open(tenantId: string, begin: () => Promise<Beginning | undefined>): Promise<Opened | undefined> {
    if ((this.#streams.get(tenantId)?.size ?? 0) >= STREAMS_MAX) throw new TooManyStreams();
    const feed = this.#feedOf(tenantId);
    // Holds the feed until the stream itself does.
    const place = () => undefined;
    feed.add(place);
    try {
      await feed.open();
      const beginning = await begin();
      if (beginning === undefined) {
        feed.remove(place);
        return undefined;
      }
      return {
        after: beginning.after,
        start: (sink, isAllowed) => {
          this.#start(tenantId, feed, beginning, sink, isAllowed);
          feed.remove(place);
        },
      };
    } catch (error) {
      feed.remove(place);
      throw error;
    }
  }

  #start(
    tenantId: string,
    feed: AccountFeed,
    beginning: Beginning,
    sink: Writable,
    isAllowed: () => Promise<boolean>,
  ): void {
    const streams = this.#streams.get(tenantId) ?? new Set();
    this.#streams.set(tenantId, streams);
    const times = { ...this.#times, retryMs: Math.round(backoffMs(0, RETRY_MS_MAX, RETRY_MS_MAX)) };
    const closed = () => {
      streams.delete(stream);
      if (streams.size === 0 && this.#streams.get(tenantId) === streams) this.#streams.delete(tenantId);
    };
    const stream = new Stream(sink, {
      ...beginning,
      feed,
      log: this.#log,
      times,
      isAllowed,
      inTurn: this.#inTurn,
      closed,
    });
    streams.add(stream);
    stream.start();
    if (this.#isClosed) stream.end();
  }

  #feedOf(tenantId: string): AccountFeed {
    const feed = this.#feeds.get(tenantId) ?? new AccountFeed(tenantId, this.#store, this.#log);
    this.#feeds.set(tenantId, feed);
    this.#looking ??= setInterval(() => void this.#look(), this.#times.lookMs).unref();
    return feed;
  }

  #hear(events: readonly HeardEvent[]): void {
    for (const event of events) this.#feeds.get(event.call.tenantId)?.hear(event);
  }

  /** One after the other: many accounts are no reason to ask the database for everything at once. */
  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    for (const [tenantId, feed] of this.#feeds) {
      if (feed.isWanted) await feed.look();
      else this.#feeds.delete(tenantId);
    }
    this.#isLooking = false;
  }
}
