import type { Disposition, EndedBy } from '../../contract/call-words.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';
import { meaningOf } from './cause.ts';
import type { CallLife, Leg } from './life.ts';

/**
 * What a call that is over came to. What was missed while nobody listened is not guessed: without a fact that tells it, it
 * is `unknown`.
 */
export function dispositionOf(life: CallLife): Disposition {
  const [first, second] = life.legs;
  if (life.connectedAt !== undefined) return 'answered';
  if (life.problem !== undefined && life.acceptedAt === undefined && first.state === 'planned')
    return OF_PROBLEM[life.problem.code] ?? 'failed';
  const given = givenUp(life);
  if (given) return 'cancelled';
  const leg = second.askedAt === undefined ? first : second;
  const meaning = leg.cause === undefined || leg.answeredAt !== undefined ? 'unknown' : meaningOf(leg.cause);
  if (meaning !== 'unknown') return meaning;
  return wasHeardWhole(life) ? 'failed' : 'unknown';
}

/** What a call came to that nothing was heard of but why. */
const OF_PROBLEM: Partial<Readonly<Record<ErrorCode, Disposition>>> = {
  pbx_in_doubt: 'unknown',
  phone_unregistered: 'unavailable',
  phone_unknown: 'unavailable',
};

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
  const leg = second.askedAt === undefined ? first : second;
  if (leg.answeredAt === undefined && leg.cause !== undefined) {
    const meaning = meaningOf(leg.cause);
    if (meaning === 'busy' || meaning === 'declined') return leg.side;
    if (meaning !== 'unknown') return 'pbx';
  }
  if (life.problem !== undefined && life.problem.code !== 'pbx_in_doubt') return 'pbx';
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

function wasHeardWhole({ missedAt, isFound, problem, legs: [first] }: CallLife): boolean {
  return missedAt === undefined && isFound !== true && problem === undefined && first.askedAt !== undefined;
}

function earliest(asked: readonly (readonly [who: EndedBy, at: number | undefined])[]): EndedBy | undefined {
  const known = asked.flatMap(([who, at]) => (at === undefined ? [] : [{ who, at }]));
  return known.toSorted((a, b) => a.at - b.at)[0]?.who;
}
