import { nameOf } from '../policy/judge.ts';
import { countryOf, dayOf, type Habits } from './habits.ts';
import { areaOf, rangeOf, type OutsideLeg } from './leg.ts';
import { isRisky } from './risky.ts';

/** A leg, and what was strange about it when it was dialled. */
export interface SeenLeg {
  readonly leg: OutsideLeg;
  /** Its country is none that the key is used to, nor its own. */
  readonly isForeign: boolean;
  /** The key never called that area before. */
  readonly isNewArea: boolean;
  /** Its country is not the key's own, used to or not. */
  readonly isAbroad: boolean;
  readonly isOdd: boolean;
}

/** What the watch knows of a key. */
export interface Watched {
  readonly habits: Habits;
  /** Its legs of the last day, the newest last; of a busy key the last ones alone, but every foreign one. */
  readonly seen: readonly SeenLeg[];
}

/** How many strange legs are one too many. The last of them is the call that is refused. */
const RISKY_A_DAY = 5;
const ODD_A_DAY = 6;
/** The same spread over the days in which a country is still new. */
const A_WEEK = 8;
const ALIKE_CALLS = 9;
const ALIKE_HOURS = 3;
const SPREAD_AN_HOUR = 8;
const SPREAD_COUNTRIES = 6;
const BURST_IN_TEN_MINUTES = 9;

const MINUTE_MICROS = 60_000_000;
const DAY_MICROS = 24 * 60 * MINUTE_MICROS;

/**
 * Whether a key's calls look like those of a thief. Pure; it judges the newest leg, which is the last of `seen`.
 * @returns why, in words that a reason can end with; undefined where nothing is wrong
 */
export function suspicionOf({ habits, seen }: Watched): string | undefined {
  const now = seen.at(-1);
  if (now === undefined) return undefined;
  const today = dayOf(now.leg.atMicros);
  const within = (micros: number) => seen.filter(({ leg }) => now.leg.atMicros - leg.atMicros < micros);
  const day = within(DAY_MICROS);
  const grown = habits.isGrown(today);
  return (
    (now.isForeign ? foreignSuspicion(habits, now, day, grown, today) : undefined) ??
    alikeAtNight(now, day, grown) ??
    burst(habits, now, within(10 * MINUTE_MICROS), grown, today)
  );
}

function foreignSuspicion(
  habits: Habits,
  now: SeenLeg,
  day: readonly SeenLeg[],
  grown: boolean,
  today: number,
): string | undefined {
  const foreign = day.filter(({ isForeign }) => isForeign);
  const risky = foreign.filter(({ leg }) => isRisky(leg));
  if (isRisky(now.leg) && risky.length >= RISKY_A_DAY) return never(risky);
  const odd = foreign.filter(({ isOdd }) => isOdd);
  if (now.isOdd && odd.length >= ODD_A_DAY) return never(odd, AT_ODD_HOURS);
  return slowly(habits, now, today) ?? alike(foreign, now) ?? (grown ? spread(foreign, now) : undefined);
}

const ALIKE = 'most of them to a few numbers that follow each other';
const AT_ODD_HOURS = ', at hours at which it is not used';

/** A few each day, in the week in which a country is still new: out of the counts, which outlast a restart. */
function slowly(habits: Habits, now: SeenLeg, today: number): string | undefined {
  let [risky, odd] = [0, 0];
  for (const [name, { calls }] of habits.all()) {
    if (!/^[or]:/.test(name) || habits.isUsedTo(countryOf(name), today)) continue;
    if (name.startsWith('r:')) risky += calls;
    else odd += calls;
  }
  // The newest one is not among the counts yet.
  if (isRisky(now.leg) && risky + 1 >= A_WEEK)
    return `${risky + 1} calls in a week to where this key never called before, the last to ${placeOf(now.leg)}`;
  if (now.isOdd && odd + 1 >= A_WEEK)
    return `${odd + 1} calls in a week to where this key never called before, the last to ${placeOf(now.leg)}${AT_ODD_HOURS}`;
  return undefined;
}

/** Many to a few ranges from one or two phones, faster than one who calls a new customer there, and again. */
function alike(foreign: readonly SeenLeg[], now: SeenLeg): string | undefined {
  const recent = lastHours(foreign, now, ALIKE_HOURS);
  return areAlike(recent) ? never(recent, `, ${ALIKE}`) : undefined;
}

/** The same wherever it is, at hours at which the key is not used: numbers are rented out in every country. */
function alikeAtNight(now: SeenLeg, day: readonly SeenLeg[], grown: boolean): string | undefined {
  if (!grown || !now.isOdd) return undefined;
  const strange = day.filter(({ isOdd, isNewArea, isAbroad }) => isOdd && (isNewArea || isAbroad));
  return areAlike(strange, Infinity) ? `${counted(strange)}, ${ALIKE}${AT_ODD_HOURS}` : undefined;
}

function areAlike(seen: readonly SeenLeg[], phones = 2): boolean {
  if (seen.length < ALIKE_CALLS || new Set(seen.map(({ leg }) => leg.phone)).size > phones) return false;
  const ranges = new Map<string, number>();
  for (const { leg } of seen) ranges.set(rangeOf(leg), (ranges.get(rangeOf(leg)) ?? 0) + 1);
  const most = [...ranges.values()].toSorted((a, b) => b - a).slice(0, 3);
  return most.reduce((sum, calls) => sum + calls, 0) >= 0.6 * seen.length;
}

function spread(foreign: readonly SeenLeg[], now: SeenLeg): string | undefined {
  const hour = lastHours(foreign, now, 1);
  const countries = new Set(hour.map(({ leg }) => leg.country)).size;
  return hour.length >= SPREAD_AN_HOUR && countries >= SPREAD_COUNTRIES ? never(hour) : undefined;
}

/** Far more than the busiest hour of the week has, and to places that are new. */
function burst(
  habits: Habits,
  now: SeenLeg,
  recent: readonly SeenLeg[],
  grown: boolean,
  today: number,
): string | undefined {
  const fresh = recent.filter(({ isNewArea }) => isNewArea);
  if (!grown || !now.isNewArea || fresh.length < Math.max(BURST_IN_TEN_MINUTES, 0.7 * recent.length))
    return undefined;
  const busiest = habits.busiestHour(today);
  return recent.length > 3 * busiest
    ? `${counted(recent)}, while the busiest hour of its weeks has ${Math.ceil(busiest)}, most of them to areas where this key never called before`
    : undefined;
}

function lastHours(seen: readonly SeenLeg[], now: SeenLeg, hours: number): readonly SeenLeg[] {
  return seen.filter(({ leg }) => now.leg.atMicros - leg.atMicros < hours * 60 * MINUTE_MICROS);
}

function never(seen: readonly SeenLeg[], more = ''): string {
  const places = [...new Set(seen.map(({ leg }) => placeOf(leg)))];
  const named =
    places.length > 3 ? `${places.slice(0, 3).join(', ')} and ${places.length - 3} more` : places.join(', ');
  return `${counted(seen)} to ${named}, where this key never called before${more}`;
}

/** `7 calls in 2 minutes`. */
function counted(seen: readonly SeenLeg[]): string {
  const [first, last] = [seen[0], seen.at(-1)];
  const micros = (last?.leg.atMicros ?? 0) - (first?.leg.atMicros ?? 0);
  const minutes = Math.max(1, Math.ceil(micros / MINUTE_MICROS));
  const time =
    minutes > 90 ? `${Math.round(minutes / 60)} hours` : `${minutes} minute${minutes > 1 ? 's' : ''}`;
  return `${seen.length} calls in ${time}`;
}

function placeOf(leg: OutsideLeg): string {
  if (leg.country !== null) return nameOf(leg.country);
  return `${areaOf(leg)}…`;
}
