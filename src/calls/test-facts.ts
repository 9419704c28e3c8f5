import type { Fault } from '../../contract/call-words.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';
import type { Cause } from './cause.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Fact, LegFact } from './fact.ts';
import { NEW_LIFE, type CallLife, type Untold } from './life.ts';
import { transition } from './transition.ts';

/** A call from 101 to 102 on the PBX main: what was heard of it, and what is said of it then. */
export interface DiagnosisCase extends Diagnosis {
  readonly facts: readonly Fact[];
}

export function row(
  code: string,
  fault: Fault,
  facts: readonly Fact[],
  says: string,
  remedy: string,
): DiagnosisCase {
  return { code, fault, facts, says, remedy };
}

/** Lives through facts, one a second from second 1. */
export function liveThrough(facts: readonly Fact[]): CallLife {
  return facts.reduce((life, fact, index) => transition(life, fact, (index + 1) * 1_000_000).life, NEW_LIFE);
}

export const ACCEPTED: Fact = { type: 'accepted' };
export const OVER: Fact = { type: 'ended' };
export const GONE: Fact = { type: 'gone' };
export const MISSED: Fact = { type: 'missed' };
export const HANG_UP: Fact = { type: 'hang_up_asked' };
export const CONNECTED: Fact = { type: 'connected' };
export const first = (happened: LegFact['happened']): Fact => ({ type: 'leg', side: 'first', happened });
export const second = (happened: LegFact['happened']): Fact => ({ type: 'leg', side: 'second', happened });
export const end = (side: LegFact['side'], cause: Cause): Fact => ({
  type: 'leg',
  side,
  happened: 'ended',
  cause,
});
export const FIRST_RINGS = [ACCEPTED, first('asked'), first('ringing')];
export const FIRST_ANSWERS = [...FIRST_RINGS, first('answered')];
export const SECOND_RINGS = [...FIRST_ANSWERS, second('asked'), second('ringing')];
export const BOTH_TALK = [...SECOND_RINGS, second('answered'), CONNECTED];
export const IN_TALK = Array.from({ length: 8 }, () => CONNECTED);
export const untold = (why: Untold): Fact => ({ type: 'untold', why });
export const refused = (code: ErrorCode, said: string, remedy = ''): Fact => ({
  type: 'refused',
  problem: { code, said, remedy },
});
export const inDoubt = (code: ErrorCode, said: string): Fact => ({
  type: 'in_doubt',
  problem: { code, said, remedy: 'See the status.' },
});

/** The phone of that side was asked to ring, and rang or not; then its leg ended for that cause, and the call with it. */
export const rangFirst = (cause: Cause) => [...FIRST_RINGS, end('first', cause), OVER];
export const askedFirst = (cause: Cause) => [ACCEPTED, first('asked'), end('first', cause), OVER];
export const rangSecond = (cause: Cause) => [...SECOND_RINGS, end('second', cause), OVER];
export const askedSecond = (cause: Cause) => [...FIRST_ANSWERS, second('asked'), end('second', cause), OVER];
