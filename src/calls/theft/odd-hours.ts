import { weekTime } from '../policy/hours.ts';
import { dayOf, hourOfWeek, WEEK_HOURS, type Habits } from './habits.ts';

const NIGHT_FROM = 22 * 60;
const NIGHT_TO = 6 * 60;
/** Of all calls, at most one in so many is made in hours that are odd. */
const SELDOM = 200;
/** So many calls at night, and a key that is still new is one that works at night. */
const WORKS_AT_NIGHT = 3;

/**
 * Whether a time is one at which a key is not used. A key that is still new is taken to sleep from 22 to 6, where it is known in
 * what zone it is, until it calls at home then.
 */
export function isOddHour(habits: Habits, zone: string | null, atMicros: number): boolean {
  const hour = hourOfWeek(atMicros);
  const used = callsAround(habits, hour);
  if (habits.isGrown(dayOf(atMicros))) return used * SELDOM <= habits.calls;
  if (zone === null || used + callsJustNow(habits, hour) >= WORKS_AT_NIGHT) return false;
  const { minute } = weekTime(zone, atMicros);
  return minute >= NIGHT_FROM || minute < NIGHT_TO;
}

/** Calls of today in this hour and the one before. */
function callsJustNow(habits: Habits, hour: number): number {
  return habits.callsInHourToday(hour) + habits.callsInHourToday((hour + WEEK_HOURS - 1) % WEEK_HOURS);
}

/** Calls in that hour of the day and the two beside it, on days of the same kind: Monday to Friday, Saturday, Sunday. */
function callsAround(habits: Habits, hour: number): number {
  const day = Math.floor(hour / 24);
  const [from, to] = day < 5 ? [0, 5] : [day, day + 1];
  let calls = 0;
  for (let each = from; each < to; each += 1)
    for (const step of [23, 0, 1]) calls += habits.callsInHour(each * 24 + ((hour + step) % 24));
  return calls;
}
