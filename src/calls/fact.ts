import type { Side } from '../../contract/call-words.ts';
import type { Cause } from './cause.ts';
import type { Problem, Untold } from './life.ts';

/** What happened to one leg, as the PBX told it. */
export interface LegFact {
  readonly type: 'leg';
  readonly side: Side;
  /**
   * - `asked`: the PBX asks its phone to ring
   * - `ringing`: a phone rings, or the network says that it does
   * - `answered`: it was picked up, by a person or a machine
   * - `hung_up`: this side asks for the end of the call; that nobody else did is why it is told
   * - `ended`: nothing is left of it
   */
  readonly happened: 'asked' | 'ringing' | 'answered' | 'hung_up' | 'ended';
  /** With `ended`. */
  readonly cause?: Cause;
}

/** What a PBX tells of one call. */
export type PbxFact =
  | LegFact
  /** Both hear each other. */
  | { readonly type: 'connected' }
  /** Nothing of the call is left on the PBX. `cause`: its first leg's, where that leg's own end did not say it. */
  | { readonly type: 'ended'; readonly cause?: Cause }
  /** It goes on where it can be followed no longer. */
  | { readonly type: 'untold'; readonly why: 'cannot_tell' | 'not_told_apart' | 'forwarded' };

/** Everything that a call's life is made of. All of it is legal in any state. */
export type Fact =
  | PbxFact
  /** The PBX took the order. */
  | { readonly type: 'accepted' }
  /** The PBX did not take the order, or was not asked: there is no call. */
  | { readonly type: 'refused'; readonly problem: Problem }
  /** The order was sent and no answer came. */
  | { readonly type: 'in_doubt'; readonly problem: Problem }
  /** Somebody asked us to end the call. */
  | { readonly type: 'hang_up_asked' }
  /** The PBX could not be asked to, so whoever ends it, it is not us. */
  | { readonly type: 'hang_up_failed' }
  /** From here on something may have been missed. */
  | { readonly type: 'missed' }
  /** Asked for the call, the PBX knew nothing of it. */
  | { readonly type: 'gone' }
  /** Nobody can tell what becomes of it. */
  | { readonly type: 'untold'; readonly why: Untold };
