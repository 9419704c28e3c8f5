import type { Disposition, EndedBy } from '../../contract/call-words.ts';
import { meaningOf } from './cause.ts';
import { decisiveLeg, isInDoubt, type CallLife, type Leg } from './life.ts';

/**
 * What a call that is over came to. What was missed while nobody listened is not guessed: without a fact that tells it, it
 * is `unknown`.
 */
export function dispositionOf(life: CallLife): Disposition {
  if (life.connectedAt !== undefined) return 'answered';
  if (life.problem !== undefined && life.acceptedAt === undefined && wasNotTried(life.legs[0]))
    return isInDoubt(life.problem) ? 'unknown' : 'failed';
  if (givenUp(life)) return 'cancelled';
  const leg = decisiveLeg(life);
  const meaning = leg.cause === undefined || leg.answeredAt !== undefined ? 'unknown' : meaningOf(leg.cause);
  if (meaning !== 'unknown') return meaning;
  return wasHeardWhole(life) ? 'failed' : 'unknown';
}

/** Nothing is known of it, not even why its phone could not be asked to ring. */
function wasNotTried({ state, cause }: Leg): boolean {
  return state === 'planned' && cause === undefined;
}

/** Who ended it: who asked for its end first, or on whose side it came to nothing. */
export function endedBy(life: CallLife): EndedBy {
  const [first, second] = life.legs;
  const asked = earliest([
    ['api', life.hangUpAt],
    ['first', first.hungUpAt],
    ['second', second.hungUpAt],
  ]);
  if (asked !== undefined) return asked;
  if (life.connectedAt !== undefined) return 'unknown';
  const leg = decisiveLeg(life);
  if (leg.answeredAt === undefined && leg.cause !== undefined) {
    const meaning = meaningOf(leg.cause);
    if (meaning === 'busy' || meaning === 'declined') return leg.side;
    if (meaning !== 'unknown') return 'pbx';
  }
  if (life.problem !== undefined && !isInDoubt(life.problem)) return 'pbx';
  return 'unknown';
}

/** Somebody stopped waiting before both talked: our customer, or the first side while the second was called. */
function givenUp({ hangUpAt, legs: [first, second] }: CallLife): boolean {
  const wasOver = (leg: Leg, at: number) =>
    leg.endedAt !== undefined && leg.endedAt < at && leg.cause !== undefined;
  if (hangUpAt !== undefined && !wasOver(first, hangUpAt) && !wasOver(second, hangUpAt)) return true;
  const { hungUpAt, answeredAt } = first;
  return hungUpAt !== undefined && answeredAt !== undefined && !wasOver(second, hungUpAt);
}

function wasHeardWhole({ missedAt, isFound, untold, problem, legs: [first] }: CallLife): boolean {
  if (missedAt !== undefined || isFound === true || untold !== undefined) return false;
  return problem === undefined && first.askedAt !== undefined;
}

function earliest(asked: readonly (readonly [who: EndedBy, at: number | undefined])[]): EndedBy | undefined {
  const known = asked.flatMap(([who, at]) => (at === undefined ? [] : [{ who, at }]));
  return known.toSorted((a, b) => a.at - b.at)[0]?.who;
}
