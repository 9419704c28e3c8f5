import { setTimeout as delay } from 'node:timers/promises';
import type { Milestone } from '../../contract/call-words.ts';
import { isOver, type CallLife } from '../calls/life.ts';
import { isReached, longestWaitMs } from '../calls/milestone.ts';
import type { Directory } from '../directory/directory.ts';
import type { CallRecord, Journal } from './ports.ts';
import type { TrackCalls } from './track-calls.ts';

/** How often a call that another process tends is looked at. */
const LOOK_MS = 250;

/** Waits for calls, whoever tends them. */
export class AwaitCall {
  readonly #journal: Journal;
  readonly #calls: TrackCalls;
  readonly #directory: Directory;

  constructor(deps: {
    readonly journal: Journal;
    readonly calls: TrackCalls;
    readonly directory: Directory;
  }) {
    this.#journal = deps.journal;
    this.#calls = deps.calls;
    this.#directory = deps.directory;
  }

  /**
   * Waits until a call whose order was answered is as far as asked, or over; of a PBX that does not tell so much nobody waits.
   * @returns the call then, or as it is when it could have been
   */
  async reach(
    callId: string,
    milestone: Milestone,
    timeoutSeconds: number,
    signal: AbortSignal,
  ): Promise<CallRecord> {
    const call = await this.#read(callId);
    const ms = longestWaitMs(milestone, timeoutSeconds);
    if (ms === 0 || isReached(milestone, call.life) || !(await this.#isTold(milestone, call))) return call;
    return this.until(callId, (life) => isReached(milestone, life), ms, signal);
  }

  /**
   * Waits until a call's life is as asked, or over.
   * @param signal whoever waits goes away with it
   * @returns the call then, or as it is after so long
   */
  async until(
    callId: string,
    isReached: (life: CallLife) => boolean,
    ms: number,
    signal: AbortSignal,
  ): Promise<CallRecord> {
    const here = signal.aborted ? undefined : this.#calls.waitFor(callId, isReached, ms);
    if (here === undefined) return this.#look(callId, isReached, ms, signal);
    await Promise.race([here, gone(signal)]);
    return this.#read(callId);
  }

  async #isTold(milestone: Milestone, { tenantId, pbxId }: CallRecord): Promise<boolean> {
    const pbx = await this.#directory.pbxOf(tenantId, pbxId);
    if (pbx === undefined) return false;
    const { reportsLegs, reportsEnd, looksUp } = this.#directory.capabilitiesOf(pbx);
    return milestone === 'ended' ? reportsEnd || looksUp : reportsLegs;
  }

  async #look(
    callId: string,
    isReached: (life: CallLife) => boolean,
    ms: number,
    signal: AbortSignal,
  ): Promise<CallRecord> {
    let leftMs = ms;
    for (;;) {
      const call = await this.#read(callId);
      if (isReached(call.life) || isOver(call.life) || leftMs <= 0 || signal.aborted) return call;
      leftMs -= LOOK_MS;
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #read(callId: string): Promise<CallRecord> {
    const call = await this.#journal.callById(callId);
    if (call === undefined) throw new Error(`The call ${callId} is not in the journal any more.`);
    return call;
  }
}

function gone(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
