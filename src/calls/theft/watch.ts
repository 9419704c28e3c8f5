import type { Policy } from '../../../contract/v3/policy.ts';
import { countsOf, dayOf, Habits, hourOfWeek, type Count } from './habits.ts';
import { areaOf, type OutsideLeg } from './leg.ts';
import { isOddHour } from './odd-hours.ts';
import { isRisky, isRiskyCountry } from './risky.ts';
import { suspicionOf, type SeenLeg } from './suspicion.ts';

/** Foreign legs are few; of a busy key's others the last ones tell enough. */
const FOREIGN_MAX = 200;
const OTHERS_MAX = 100;
const DAY_MICROS = 24 * 3_600 * 1_000_000;

/** What is known of one key: its habits, and its legs of the last day. Changed by the functions here alone. */
export interface KeyWatch {
  readonly habits: Habits;
  readonly foreign: SeenLeg[];
  readonly others: SeenLeg[];
}

export function newWatch(counts: Iterable<readonly [string, Count]> = []): KeyWatch {
  return { habits: new Habits(counts), foreign: [], others: [] };
}

/** Looks at a leg that is about to be dialled, and remembers it. */
export function look({ habits, foreign, others }: KeyWatch, policy: Policy, leg: OutsideLeg): SeenLeg {
  const today = dayOf(leg.atMicros);
  const area = habits.of(`a:${areaOf(leg)}`);
  const seen: SeenLeg = {
    leg,
    isForeign: isForeign(habits, policy, leg, today),
    isNewArea: area === undefined || area.firstDay >= today,
    isAbroad: leg.country !== homeOf(habits, policy),
    isOdd: isOddHour(habits, policy.time_zone, leg.atMicros),
  };
  if (seen.isForeign) remember(foreign, seen, FOREIGN_MAX);
  else remember(others, seen, OTHERS_MAX);
  return seen;
}

/** @returns why a call with this leg looks like a thief's; undefined where it does not */
export function judgeSeen({ habits, foreign, others }: KeyWatch, now: SeenLeg): string | undefined {
  const isGrown = habits.isGrown(dayOf(now.leg.atMicros));
  const mayBeStrange = now.isForeign || (isGrown && (now.isNewArea || (now.isAbroad && now.isOdd)));
  if (!mayBeStrange) return undefined;
  const before = [...foreign, ...others].filter((each) => each !== now);
  const seen = [...before.toSorted((a, b) => a.leg.atMicros - b.leg.atMicros), now];
  return suspicionOf({ habits, seen });
}

/** Takes a leg that was dialled into the habits. @returns the names of the counts that it added one to */
export function learn({ habits }: KeyWatch, { leg, isForeign: foreign, isOdd }: SeenLeg): readonly string[] {
  const day = dayOf(leg.atMicros);
  const names = countsOf(leg, { isForeign: foreign, isRisky: isRisky(leg), isOdd, area: areaOf(leg) });
  for (const name of names) habits.add(name, day, 1);
  return names;
}

/** Forgets a leg that was not dialled after all. */
export function forget({ foreign, others }: KeyWatch, seen: SeenLeg): void {
  const list = seen.isForeign ? foreign : others;
  const at = list.lastIndexOf(seen);
  if (at >= 0) list.splice(at, 1);
}

/**
 * What a key is used to from now on, when its owner vouches for the calls of its last day: their countries, areas and hours.
 * @returns names of counts, each with a number of calls that makes it no odd one
 */
export function vouchedCounts({ habits, foreign, others }: KeyWatch): readonly (readonly [string, number])[] {
  const often = Math.ceil(habits.calls / 100) + 1;
  const counts = new Map<string, number>();
  for (const { leg } of [...foreign, ...others]) {
    counts.set(`c:${leg.country ?? '-'}`, 1);
    counts.set(`a:${areaOf(leg)}`, 1);
    counts.set(`h:${hourOfWeek(leg.atMicros)}`, often);
  }
  return [...counts];
}

/** The home country, those that the owner named, and those that the key is used to are not foreign. */
function isForeign(habits: Habits, policy: Policy, { country }: OutsideLeg, today: number): boolean {
  if (habits.isUsedTo(country, today)) return false;
  if (country === null) return true;
  if (country === policy.home_country || policy.countries_allowed.includes(country)) return false;
  const home = homeOf(habits, policy) ?? country;
  return home !== country || isRiskyCountry(country);
}

/** Where nobody has said which country is home, it is the one that most calls go to. */
function homeOf(habits: Habits, policy: Policy): string | undefined {
  return policy.home_country ?? habits.home;
}

function remember(list: SeenLeg[], seen: SeenLeg, most: number): void {
  const since = seen.leg.atMicros - DAY_MICROS;
  while (list.length >= most || (list[0] !== undefined && list[0].leg.atMicros < since)) list.shift();
  list.push(seen);
}
