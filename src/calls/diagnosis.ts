import type { Fault } from '../../contract/call-words.ts';
import type { CallLife, Leg } from './life.ts';

/** What became of a call in one sentence, and what to do about it in another. */
export interface Diagnosis {
  /** A stable word, one of `SITUATIONS`. */
  readonly code: string;
  readonly says: string;
  /** Empty where there is nothing to be done. */
  readonly remedy: string;
  /** Who can put it right. */
  readonly fault: Fault;
}

/** What a sentence about a call may speak of. */
export interface Told {
  readonly life: CallLife;
  readonly first: string;
  readonly second: string;
  readonly dialAs: string | undefined;
  readonly pbxName: string;
}

/** The leg on which a call came to nothing: the second where it was asked for, else the first. */
export function decisiveLeg({ legs: [first, second] }: CallLife): Leg {
  return second.askedAt === undefined && second.ringingAt === undefined ? first : second;
}
