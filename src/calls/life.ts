import type { CallState, Disposition, EndedBy, LegState, Side } from '../../contract/call-words.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';
import type { Cause } from './cause.ts';

/** One side of a call, as far as the PBX told of it. Times are Unix time in whole microseconds. */
export interface Leg {
  readonly side: Side;
  readonly state: LegState;
  readonly askedAt?: number;
  readonly ringingAt?: number;
  readonly answeredAt?: number;
  readonly endedAt?: number;
  readonly cause?: Cause;
  /** When this side asked for the end of the call. */
  readonly hungUpAt?: number;
}

/** Why the order came to nothing, or why nobody knows what it came to. */
export interface Problem {
  readonly code: ErrorCode;
  /** The words of the PBX or the network; ours where nobody else spoke. */
  readonly said: string;
  readonly remedy: string;
}

/**
 * Why nobody can tell what became of a call. `not_told_apart`: the PBX has others of the same numbers. `forwarded`: its first
 * phone named another, who answered out of our sight.
 */
export type Untold = 'cannot_tell' | 'not_told_apart' | 'not_asked' | 'pbx_removed' | 'forwarded';

/** What became of a call so far. It is kept with the call's row; every face of the service reads it from there. */
export interface CallLife {
  readonly state: CallState;
  /** First and second. */
  readonly legs: readonly [Leg, Leg];
  readonly acceptedAt?: number;
  readonly connectedAt?: number;
  readonly endedAt?: number;
  /** With the end. */
  readonly disposition?: Disposition;
  readonly endedBy?: EndedBy;
  readonly problem?: Problem;
  readonly untold?: Untold;
  /** When somebody asked us to end it. */
  readonly hangUpAt?: number;
  /** Since when something may have been missed: the link to the PBX was away, or we were. */
  readonly missedAt?: number;
  /** The PBX was asked for it and knew nothing of it: its end was not heard, only found. */
  readonly isFound?: boolean;
  /** Events told so far: the number of the last one, from 1 without holes. */
  readonly told: number;
}

/** A call whose PBX is about to be asked. */
export const NEW_LIFE: CallLife = {
  state: 'originating',
  legs: [
    { side: 'first', state: 'planned' },
    { side: 'second', state: 'planned' },
  ],
  told: 0,
};

export function legOf({ legs }: Pick<CallLife, 'legs'>, side: Side): Leg {
  return side === 'first' ? legs[0] : legs[1];
}

/** No more will be told of it. */
export function isOver({ state }: Pick<CallLife, 'state'>): boolean {
  return state === 'ended' || state === 'unknown';
}

/** The leg on which a call came to nothing: the second where anything was heard of it, else the first. */
export function decisiveLeg({ legs: [first, second] }: Pick<CallLife, 'legs'>): Leg {
  return second.state === 'planned' ? first : second;
}

/** Whether the PBX took the order is not known: no answer came, or a fault of ours lost it. */
export function isInDoubt({ code }: Problem): boolean {
  return code === 'pbx_in_doubt' || code === 'internal';
}
