import type { CallPlan } from '../calls/call.ts';
import type { Clock } from '../kit/clock.ts';
import {
  isEndOf,
  PbxError,
  type ChannelState,
  type PbxEvent,
  type PbxExchange,
  type PbxSession,
} from './contract.ts';

/** The bounds of one PBX: its `PROTECTION_SETTINGS`. */
export interface Bounds {
  readonly originates_per_second: number;
  readonly calls_in_progress: number;
  readonly wait_ms: number;
}

/** A call whose end was not heard of is asked for after this long, and again each time it passes. */
const ASK_AFTER_MS = 60_000;
/** So many at once: asking must not become the load that the bounds are there to keep away. */
const ASK_AT_ONCE = 20;

interface Waiting {
  readonly channelId: string;
  readonly start: () => void;
}

/**
 * Keeps a PBX from being asked for more than it can bear: originates per second (a token bucket that holds one second's
 * worth) and calls in progress. What is over a bound waits its turn for `wait_ms` and then fails with `pbx_busy`, before
 * anything was sent; what could not get its turn in that time fails at once, so that nothing piles up.
 */
export class Protection {
  readonly #bounds: Bounds;
  readonly #clock: Clock;
  readonly #hearsEnds: boolean;
  /** Channel ids of the calls in progress, and when each was last known to live. */
  readonly #inProgress = new Map<string, number>();
  readonly #queue = new Set<Waiting>();
  #tokens: number;
  #filledMs: number;
  #nextToken: NodeJS.Timeout | undefined;

  /** @param hearsEnds whether the PBX tells of a call's end, or can be asked for it; else a place is free with the order's answer */
  constructor(bounds: Bounds, clock: Clock, hearsEnds = true) {
    this.#hearsEnds = hearsEnds;
    this.#bounds = bounds;
    this.#clock = clock;
    this.#tokens = this.#tokensMax;
    this.#filledMs = clock.monotonicMs();
  }

  get callsInProgress(): number {
    return this.#inProgress.size;
  }

  /** The end of a call frees its place. A link that was away may have missed some ends, so all are asked for soon. */
  hear(event: PbxEvent): void {
    if (event.type === 'call') {
      if (isEndOf(event, event.channelId)) this.#free(event.channelId);
    } else for (const channelId of this.#inProgress.keys()) this.#inProgress.set(channelId, -Infinity);
  }

  /**
   * Originates when there is room for it.
   * @throws PbxError `pbx_busy` where there was none in time, and whatever the session throws
   */
  async originate(session: PbxSession, plan: CallPlan): Promise<PbxExchange> {
    if (this.#queue.size > 0 || !this.#take(plan.channelId)) await this.#waitTurn(plan.channelId);
    try {
      const exchange = await session.originate(plan);
      if (!this.#hearsEnds) this.#free(plan.channelId);
      return exchange;
    } catch (error) {
      // An order in doubt may be ringing: it keeps its place until its end is heard of, or it is asked for.
      if (!this.#hearsEnds || !(error instanceof PbxError) || error.phase !== 'in_doubt')
        this.#free(plan.channelId);
      throw error;
    }
  }

  /** A call that is in progress though it was not made here: it counts, and is asked for soon. */
  adopt(channelId: string): void {
    this.#inProgress.set(channelId, -Infinity);
  }

  /**
   * Asks for the calls that have been in progress for long without a word. To be called now and then.
   * @param tell what the PBX said of each
   * @throws PbxError where the PBX can't be asked; the others are asked for next time
   */
  async sweep(session: PbxSession, tell: (channelId: string, state: ChannelState) => void): Promise<void> {
    const now = this.#clock.monotonicMs();
    const silent = [...this.#inProgress].filter(([, seenMs]) => now - seenMs > ASK_AFTER_MS);
    for (let from = 0; from < silent.length; from += ASK_AT_ONCE) {
      const asked = silent.slice(from, from + ASK_AT_ONCE).map(async ([channelId]) => {
        const state = await session.lookUp(channelId);
        // A PBX that can't tell is not held to a bound that nobody could ever see free again.
        if (state === 'alive') this.#inProgress.set(channelId, now);
        else this.#free(channelId);
        tell(channelId, state);
      });
      await Promise.all(asked);
    }
  }

  get #tokensMax(): number {
    return Math.max(1, this.#bounds.originates_per_second);
  }

  /** More than can be begun within the wait need not wait. */
  get #queueMax(): number {
    return Math.ceil((this.#bounds.originates_per_second * this.#bounds.wait_ms) / 1000);
  }

  #take(channelId: string): boolean {
    const now = this.#clock.monotonicMs();
    const earned = ((now - this.#filledMs) / 1000) * this.#bounds.originates_per_second;
    this.#tokens = Math.min(this.#tokensMax, this.#tokens + earned);
    this.#filledMs = now;
    if (this.#tokens < 1 || this.#inProgress.size >= this.#bounds.calls_in_progress) return false;
    this.#tokens -= 1;
    this.#inProgress.set(channelId, now);
    return true;
  }

  async #waitTurn(channelId: string): Promise<void> {
    if (this.#queue.size >= this.#queueMax) throw this.#busy();
    const turn = Promise.withResolvers<void>();
    const waiting = { channelId, start: turn.resolve };
    this.#queue.add(waiting);
    const giveUp = setTimeout(() => turn.reject(this.#busy()), this.#bounds.wait_ms);
    this.#pump();
    try {
      await turn.promise;
    } finally {
      clearTimeout(giveUp);
      this.#queue.delete(waiting);
    }
  }

  /** Starts whoever waits and may start now, in their order. */
  #pump(): void {
    clearTimeout(this.#nextToken);
    for (const waiting of this.#queue) {
      if (!this.#take(waiting.channelId)) break;
      this.#queue.delete(waiting);
      waiting.start();
    }
    if (this.#queue.size === 0 || this.#tokens >= 1) return;
    const untilTokenMs = ((1 - this.#tokens) / this.#bounds.originates_per_second) * 1000;
    this.#nextToken = setTimeout(() => this.#pump(), Math.ceil(untilTokenMs)).unref();
  }

  #free(channelId: string): void {
    if (this.#inProgress.delete(channelId)) this.#pump();
  }

  #busy(): PbxError {
    const { originates_per_second, calls_in_progress } = this.#bounds;
    const isFull = this.#inProgress.size >= calls_in_progress;
    return new PbxError({
      phase: 'before_send',
      code: 'pbx_busy',
      said: isFull
        ? `This PBX already has ${calls_in_progress} calls in progress from here, its setting calls_in_progress`
        : `More than ${originates_per_second} originates per second for this PBX, its setting originates_per_second`,
      remedy: 'Nothing was sent to the PBX. Try again in a moment.',
    });
  }
}
