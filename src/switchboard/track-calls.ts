import { callIdOf } from '../calls/call.ts';
import { isOver, type CallLife } from '../calls/life.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import type { CallEvent } from '../pbx/contract.ts';
import type { PbxNews } from '../pbx/session-pool.ts';
import { CallsAtOnce } from './breaker/calls-at-once.ts';
import { accountName, keyName } from './breaker/limits.ts';
import { Heartbeat } from './heartbeat.ts';
import { factsOfNews, told } from './facts-of-news.ts';
import type { CallRecord, CallVersion, EventData, Journal, JournalEntry } from './ports.ts';
import { takeIn, type News } from './tracked-call.ts';

/** What was told of a call, as it stands in its account's feed. */
export interface ToldEvent {
  readonly call: CallRecord;
  /** Its place in the account's feed. */
  readonly position: number;
  readonly atMicros: number;
  readonly event: EventData;
}

interface TrackDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called for what has been committed, in the order of the feed; never throws. */
  readonly publish: (told: readonly ToldEvent[]) => void;
}

/** News on their way to the disk. */
interface Pending {
  readonly news: News;
  /** With the fate of the first attempt to write them; they are written in the end all the same. */
  readonly tried: (error: Error | undefined) => void;
}

interface Tracked {
  call: CallRecord;
  version: number;
  pending: Pending[];
  isWriting: boolean;
  /** When the PBX last showed that the call lives. */
  heardMs: number;
  /** Taken over: whoever asked the PBX for it is gone, so what is heard of it says that the PBX took the order. */
  readonly isAdopted: boolean;
  waiters: Set<(life: CallLife) => void> | undefined;
}

const RETRY_MS = 500;
const LINK_IS_BACK = 'The link to the PBX is back; what happened meanwhile was not heard.';

/**
 * Follows calls from their order to their end: what the PBX tells of them goes, one call at a time and in its order, into
 * their rows, journals and feeds. What comes while a step is being written waits and goes with the next, so that a busy
 * disk carries more with each write.
 */
export class TrackCalls {
  readonly #deps: TrackDeps;
  readonly #heartbeat: Heartbeat;
  readonly #calls = new Map<string, Tracked>();
  /** The calls that are tended here, and those that are about to be. */
  readonly atOnce = new CallsAtOnce();
  #idle: (() => void) | undefined;

  constructor(deps: TrackDeps) {
    this.#deps = deps;
    this.#heartbeat = new Heartbeat(deps);
  }

  /** The heartbeat under which this process tends its calls. */
  get tender(): string {
    return this.#heartbeat.tender;
  }

  /** To be awaited before a call is opened: others would take it for one that nobody tends. @throws StoreError */
  ready(): Promise<void> {
    return this.#heartbeat.start();
  }

  /** Tends a call from now on: one that was just opened, or that its process has left. */
  begin({ call, version }: CallVersion, isAdopted = false): void {
    if (this.#calls.has(call.id) || isOver(call.life)) return;
    const heardMs = this.#deps.clock.monotonicMs();
    this.atOnce.add(call.id, [
      ...(call.keyId === undefined ? [] : [keyName(call.keyId)]),
      accountName(call.tenantId),
    ]);
    this.#calls.set(call.id, {
      call,
      version,
      pending: [],
      isWriting: false,
      heardMs,
      isAdopted,
      waiters: undefined,
    });
  }

  has(callId: string): boolean {
    return this.#calls.has(callId);
  }

  /** A call that is tended here, as it is now. */
  recordOf(callId: string): CallRecord | undefined {
    return this.#calls.get(callId)?.call;
  }

  /** The calls that are tended here and not over. */
  tended(): readonly { readonly call: CallRecord; readonly silentMs: number }[] {
    const now = this.#deps.clock.monotonicMs();
    return [...this.#calls.values()].map(({ call, heardMs }) => ({ call, silentMs: now - heardMs }));
  }

  /**
   * Takes news of a call in. Resolves when they are written.
   * @throws StoreError where the first attempt failed; they are tried again until they are written
   */
  take(callId: string, news: News): Promise<void> {
    const tracked = this.#calls.get(callId);
    if (tracked === undefined) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const tried = (error: Error | undefined) => (error === undefined ? resolve() : reject(error));
      this.#add(tracked, { news, tried });
    });
  }

  /** Hears what a PBX tells. Never throws, and waits for nothing. */
  hear(pbxId: string, news: PbxNews): void {
    if (news.type === 'resumed') {
      for (const tracked of this.#calls.values()) {
        if (tracked.call.pbxId === pbxId)
          this.#put(tracked, told(news.atMicros, LINK_IS_BACK, [{ type: 'missed' }]));
      }
      return;
    }
    const callId = callIdOf(news.channelId);
    const tracked = callId === undefined ? undefined : this.#calls.get(callId);
    if (tracked === undefined || tracked.call.pbxId !== pbxId) return;
    tracked.heardMs = this.#deps.clock.monotonicMs();
    if (news.type === 'call')
      return this.#put(tracked, { ...newsOf(news), ...(tracked.isAdopted ? { outcome: 'accepted' } : {}) });
    const found = factsOfNews(news, tracked.call);
    if (found !== undefined) this.#put(tracked, found);
  }

  /**
   * Waits until a call's life is as asked, or over.
   * @returns its life then, or as it is after so long; undefined where this process does not tend it
   */
  waitFor(callId: string, isReached: (life: CallLife) => boolean, ms: number): Promise<CallLife> | undefined {
    const tracked = this.#calls.get(callId);
    if (tracked === undefined) return undefined;
    if (isReached(tracked.call.life)) return Promise.resolve(tracked.call.life);
    const waiters = (tracked.waiters ??= new Set());
    return new Promise((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        waiters.delete(wake);
        resolve(tracked.call.life);
      };
      const wake = (life: CallLife) => {
        if (isReached(life) || isOver(life)) settle();
      };
      const timer = setTimeout(settle, ms);
      waiters.add(wake);
    });
  }

  /** Writes what was heard, and leaves what is not over to others. Idempotent. */
  async close(): Promise<void> {
    if ([...this.#calls.values()].some(({ isWriting }) => isWriting)) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
    for (const { waiters, call } of this.#calls.values())
      for (const wake of waiters ?? []) wake({ ...call.life, state: 'unknown' });
    this.#calls.clear();
    await this.#heartbeat.stop();
  }

  /** Nobody waits for it. */
  #put(tracked: Tracked, news: News): void {
    const { id: call } = tracked.call;
    const tried = (err: Error | undefined) => {
      if (err !== undefined)
        this.#deps.log.error({ err, call }, 'What was heard of a call could not be written yet.');
    };
    this.#add(tracked, { news, tried });
  }

  /** What comes in one packet goes in one step: it is written when all of it is there. */
  #add(tracked: Tracked, pending: Pending): void {
    tracked.pending.push(pending);
    if (tracked.isWriting) return;
    tracked.isWriting = true;
    setImmediate(() => void this.#write(tracked));
  }

  async #write(tracked: Tracked): Promise<void> {
    while (tracked.pending.length > 0) {
      const taken = tracked.pending;
      tracked.pending = [];
      try {
        if (!(await this.#step(tracked, taken))) tracked.pending.unshift(...taken);
        else for (const { tried } of taken) tried(undefined);
      } catch (error) {
        for (const { tried } of taken) tried(error as Error);
        if (!isWorthTrying(error)) break;
        tracked.pending.unshift(...taken);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    tracked.isWriting = false;
    const { id, life, outcome } = tracked.call;
    // A call may be over before the PBX has answered to its order.
    if (isOver(life) && outcome !== 'originating' && tracked.pending.length === 0) {
      this.#calls.delete(id);
      this.atOnce.remove(id);
    }
    if (this.#idle !== undefined && ![...this.#calls.values()].some(({ isWriting }) => isWriting))
      this.#idle();
  }

  /** @returns false where another process has changed the call: it is read again, and the same news go to it as it is now */
  async #step(tracked: Tracked, taken: readonly Pending[]): Promise<boolean> {
    const { journal } = this.#deps;
    const { call, version } = tracked;
    const { outcome, life, entries } = takeIn(
      call,
      taken.map(({ news }) => news),
    );
    const { tender } = this;
    const place = await journal.advance({
      callId: call.id,
      tenantId: call.tenantId,
      version,
      outcome,
      life,
      entries,
      tender,
    });
    if (place === undefined) {
      const now = await journal.callVersion(call.id);
      if (now === undefined) throw new Error(`The call ${call.id} is not in the journal any more.`);
      Object.assign(tracked, now);
      return false;
    }
    tracked.call = { ...call, outcome, life };
    tracked.version = version + entries.length;
    this.#publish(tracked, entries, place);
    return true;
  }

  /** @param last the place in the feed of the last event among the entries */
  #publish(tracked: Tracked, entries: readonly JournalEntry[], last: number): void {
    const { call } = tracked;
    const events = entries.filter(({ kind }) => kind === 'event');
    const told = events.map(({ atMicros, data }, index) => ({
      call,
      position: last - events.length + 1 + index,
      atMicros,
      event: data as EventData,
    }));
    if (told.length > 0) this.#deps.publish(told);
    for (const wake of tracked.waiters ?? []) wake(call.life);
  }
}

function newsOf({ atMicros, fact, frame }: CallEvent): News {
  const side = fact.type === 'leg' ? { side: fact.side } : {};
  const entries: JournalEntry[] =
    frame === undefined
      ? []
      : [
          {
            kind: 'heard',
            atMicros: frame.atMicros,
            data: { raw: frame.raw, ...(frame.data === undefined ? {} : { fields: frame.data }), ...side },
          },
        ];
  return { atMicros, facts: [fact], entries };
}

/** A store that is closed, or a call that is gone, will not take them later either. */
function isWorthTrying(error: unknown): boolean {
  const fault = (error as { fault?: unknown }).fault;
  return fault === 'unavailable' || fault === 'busy' || fault === 'full';
}
