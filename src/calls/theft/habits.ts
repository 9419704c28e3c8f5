import type { OutsideLeg } from './leg.ts';

/** How often a key did something, by whole days (UTC) since 1970. */
export interface Count {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly calls: number;
}

const DAY_MICROS = 24 * 3_600 * 1_000_000;
const HOUR_MICROS = 3_600 * 1_000_000;
/** The first of January 1970 was a Thursday. */
const THURSDAY = 3;
export const WEEK_HOURS = 168;

export function dayOf(atMicros: number): number {
  return Math.floor(atMicros / DAY_MICROS);
}

/** 0 to 167, from Monday's first hour on, UTC. */
export function hourOfWeek(atMicros: number): number {
  return (Math.floor(atMicros / HOUR_MICROS) + THURSDAY * 24) % WEEK_HOURS;
}

/** A key is known when it has been used for so long and so often. */
const GROWN_DAYS = 7;
const GROWN_CALLS = 50;

/**
 * What a key is used to, out of its calls of the last eight weeks that left the PBX. The names of its counts:
 * - `c:DE` calls to a country, `c:-` to numbers of none
 * - `r:CU`, `o:CU` foreign ones to where thieves call, and at odd hours
 * - `a:+49301` calls to an area
 * - `h:33` calls in an hour of the week (UTC, 0 is Monday's first) that were not foreign: a thief's teach nothing of hours
 */
export class Habits {
  readonly #counts = new Map<string, Count>();
  /** Of each hour of the week, without the newest day. */
  readonly #hours: number[] = Array.from({ length: WEEK_HOURS }, () => 0);
  #newest = { day: -Infinity, hours: new Map<number, number>() };
  #calls = 0;
  #firstDay = Infinity;
  #home: { readonly country: string; readonly calls: number } | undefined;

  constructor(counts: Iterable<readonly [string, Count]> = []) {
    for (const [name, { firstDay, lastDay, calls }] of counts) {
      this.add(name, firstDay, calls);
      this.add(name, lastDay, 0);
    }
  }

  add(name: string, day: number, calls: number): void {
    const before = this.#counts.get(name);
    const firstDay = Math.min(before?.firstDay ?? day, day);
    const lastDay = Math.max(before?.lastDay ?? day, day);
    const count = { firstDay, lastDay, calls: (before?.calls ?? 0) + calls };
    this.#counts.set(name, count);
    if (name.startsWith('h:')) this.#addHours(Number(name.slice(2)), day, calls);
    else if (name.startsWith('c:') && count.calls > (this.#home?.calls ?? 0))
      this.#home = { country: name.slice(2), calls: count.calls };
  }

  of(name: string): Count | undefined {
    return this.#counts.get(name);
  }

  /** All counts, by their names. */
  all(): Iterable<readonly [string, Count]> {
    return this.#counts;
  }

  /** The country that most calls went to; undefined where there were none, and `-` where they were to none. */
  get home(): string | undefined {
    return this.#home?.country;
  }

  /** Calls that were not foreign. */
  get calls(): number {
    return this.#calls;
  }

  /** Without those of the newest day: one night of work, or of theft, is no habit. */
  callsInHour(hour: number): number {
    return this.#hours[hour] ?? 0;
  }

  callsInHourToday(hour: number): number {
    return this.#newest.hours.get(hour) ?? 0;
  }

  /** How many calls the busiest hour of its weeks has. */
  busiestHour(today: number): number {
    const weeks = Math.max(1, Math.ceil((today - this.#firstDay) / 7));
    return Math.max(...this.#hours) / weeks;
  }

  /** Whether there is enough to tell what the key is not used to. */
  isGrown(today: number): boolean {
    return this.#calls >= GROWN_CALLS && today - this.#firstDay >= GROWN_DAYS;
  }

  /** Used to is a country to which the first call is a week old: a thief's first days teach nothing. */
  isUsedTo(country: string | null, today: number): boolean {
    const count = this.#counts.get(`c:${country ?? '-'}`);
    return count !== undefined && today - count.firstDay >= GROWN_DAYS;
  }

  #addHours(hour: number, day: number, calls: number): void {
    if (day > this.#newest.day) {
      for (const [each, count] of this.#newest.hours) this.#hours[each] = (this.#hours[each] ?? 0) + count;
      this.#newest = { day, hours: new Map() };
    }
    if (day === this.#newest.day) this.#newest.hours.set(hour, (this.#newest.hours.get(hour) ?? 0) + calls);
    else this.#hours[hour] = (this.#hours[hour] ?? 0) + calls;
    this.#calls += calls;
    this.#firstDay = Math.min(this.#firstDay, day);
  }
}

/** The names of what a leg adds one to. */
export function countsOf(
  leg: OutsideLeg,
  { isForeign, isRisky, isOdd, area }: { isForeign: boolean; isRisky: boolean; isOdd: boolean; area: string },
): readonly string[] {
  const place = leg.country ?? '-';
  return [
    `c:${place}`,
    ...(isForeign && isRisky ? [`r:${place}`] : []),
    ...(isForeign && isOdd ? [`o:${place}`] : []),
    `a:${area}`,
    ...(isForeign ? [] : [`h:${hourOfWeek(leg.atMicros)}`]),
  ];
}

/** The country that a count of countries is of; null: none. */
export function countryOf(name: string): string | null {
  const country = name.slice(2);
  return country === '-' ? null : country;
}
