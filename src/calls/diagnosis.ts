import type { Fault } from '../../contract/call-words.ts';
import type { CallLife } from './life.ts';

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
  /** Undefined where no PBX was chosen. */
  readonly pbxName: string | undefined;
}
