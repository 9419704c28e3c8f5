import type { Act } from '../../audit/act.ts';
import type { Count } from '../../calls/theft/habits.ts';

/** That a key froze itself, and what became of it. */
export interface Freeze {
  readonly keyId: string;
  readonly tenantId: string;
  /** Undefined: it is not frozen any more. */
  readonly frozenAtMicros: number | undefined;
  /** Why, in words. */
  readonly reason: string;
  /** What is learnt when its owner says that all was well: names of counts, and how many calls. */
  readonly counts: readonly (readonly [name: string, calls: number])[];
  readonly unfrozenAtMicros: number | undefined;
}

/** Calls to be added to one count of a key. */
export interface Learnt {
  readonly keyId: string;
  /** Since 1970. */
  readonly day: number;
  /** As `Habits` names it. */
  readonly name: string;
  readonly calls: number;
}

/** What the breaker needs of a store. */
export interface BreakerStore {
  /** On the way of a click; as any process has it. Undefined: the key never froze. */
  freezeOf(keyId: string): Promise<Freeze | undefined>;
  /** Those of an account that are frozen. */
  frozenKeys(tenantId: string): Promise<Freeze[]>;
  /** False where it is frozen already. */
  freeze(freeze: Freeze, act: Act): Promise<boolean>;
  /** At the time of the act, and what is learnt with it. False where the account has no such frozen key. */
  unfreeze(tenantId: string, keyId: string, learnt: readonly Learnt[], act: Act): Promise<boolean>;
  /** The counts of a key since a day, of all processes. */
  habitsOf(keyId: string, sinceDay: number): Promise<(readonly [name: string, count: Count])[]>;
  /** Adds to counts: several processes may at once. */
  learn(learnt: readonly Learnt[]): Promise<void>;
  /** Deletes what a key's counts have from before a day. */
  forget(keyId: string, beforeDay: number): Promise<void>;
}
