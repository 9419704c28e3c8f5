import type { Clock } from '../kit/clock.ts';
import { told } from './facts-of-news.ts';
import type { Journal } from './ports.ts';
import type { TrackCalls } from './track-calls.ts';

/** More than can be on their way to the disk when it is lost; those that come after never reached it. */
const KEPT_MAX = 1_024;
/** What is not there at so many looks, some seconds apart, was not written. */
const LOOKS = 2;

const SAYS =
  'The database was lost as it wrote this request down, so it was refused; no PBX was asked. The database had it all the same.';
const PROBLEM = {
  code: 'server_busy',
  said: 'The database was lost as it wrote this request down, so no PBX was asked.',
  remedy: 'Try again.',
} as const;

interface Deps {
  readonly journal: Journal;
  readonly calls: TrackCalls;
  readonly clock: Clock;
}

/**
 * Calls whose opening failed, though it may stand in the journal: a database that is lost between a commit and its answer
 * has committed. Whoever asked was refused, so they are ended as that; nobody else would, while this process lives.
 */
export class LostOpenings {
  readonly #deps: Deps;
  /** And at how many looks they were not there. */
  readonly #missing = new Map<string, number>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  note(callId: string): void {
    if (this.#missing.size < KEPT_MAX) this.#missing.set(callId, 0);
  }

  /** To be called now and then. @throws StoreError where the store can't say; then they are looked for next time */
  async settle(): Promise<void> {
    const { journal, calls, clock } = this.#deps;
    for (const [callId, looks] of this.#missing) {
      const opened = await journal.callVersion(callId);
      if (opened === undefined && looks + 1 < LOOKS) {
        this.#missing.set(callId, looks + 1);
        continue;
      }
      this.#missing.delete(callId);
      if (opened === undefined) continue;
      calls.begin(opened);
      const facts = [{ type: 'refused', problem: PROBLEM }] as const;
      await calls.take(callId, told(clock.nowMicros(), SAYS, facts, 'failed'));
    }
  }
}
