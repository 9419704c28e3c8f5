import type { Policy } from '../../../contract/v3/policy.ts';
import type { OutsideLeg } from './leg.ts';

/** Chance that is the same each time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const CODES: Readonly<Record<string, string>> = {
  DE: '49',
  AT: '43',
  CH: '41',
  FR: '33',
  NL: '31',
  PL: '48',
  ES: '34',
  IT: '39',
  GB: '44',
  US: '1',
  CA: '1',
  MX: '52',
  IN: '91',
  TR: '90',
  CU: '53',
  LV: '371',
  SO: '252',
  GM: '220',
  SL: '232',
  ZW: '263',
  SE: '46',
  JP: '81',
};

/** A people's habits of calling. Hours are those of the clock on the wall, which is UTC and so many hours. */
export interface Office {
  readonly name: string;
  readonly rules: Partial<Policy>;
  readonly utcOffset: number;
  readonly phones: number;
  /** Outside calls on a working day, and on a Saturday or Sunday. */
  readonly aDay: number;
  readonly weekend: number;
  /** From and to, on the wall. */
  readonly open: readonly [number, number];
  /** Countries and how often of a hundred; the rest is the first one. */
  readonly countries: readonly (readonly [country: string, ofHundred: number])[];
  /** Of a hundred calls, those to a number that was called the same day. */
  readonly redials: number;
  /** Extra calls of a day: from a phone to numbers behind one another. */
  readonly branch?: { readonly country: string; readonly stem: string; readonly aDay: number };
  /** A country that is called so often a day from a day on. */
  readonly campaign?: { readonly country: string; readonly fromDay: number; readonly aDay: number };
  /** Evenings with so many calls until so late. */
  readonly late?: { readonly everyDays: number; readonly calls: number; readonly until: number };
}

export const HOUR = 3_600_000_000;
export const DAY = 24 * HOUR;
/** Monday, 2 November 2026, 00:00 UTC. */
export const MONDAY = Date.UTC(2026, 10, 2) * 1000;

const BERLIN = { home_country: 'DE', time_zone: 'Europe/Berlin' };

export const OFFICES: readonly Office[] = [
  {
    name: 'a sales team',
    rules: BERLIN,
    utcOffset: 1,
    phones: 6,
    aDay: 360,
    weekend: 0,
    open: [8, 18],
    redials: 12,
    countries: [
      ['DE', 82],
      ['AT', 7],
      ['CH', 5],
      ['FR', 2],
      ['NL', 2],
      ['US', 1],
      ['GB', 1],
    ],
    late: { everyDays: 2, calls: 6, until: 21 },
  },
  {
    name: "a doctor's practice",
    rules: BERLIN,
    utcOffset: 1,
    phones: 2,
    aDay: 45,
    weekend: 0,
    open: [7, 19],
    redials: 20,
    countries: [
      ['DE', 96],
      ['TR', 2],
      ['ES', 1],
      ['PL', 1],
    ],
  },
  {
    name: 'a call centre by day and night',
    rules: { home_country: 'US', time_zone: 'America/Chicago' },
    utcOffset: -6,
    phones: 120,
    aDay: 1_000,
    weekend: 500,
    open: [0, 24],
    redials: 8,
    countries: [
      ['US', 86],
      ['CA', 7],
      ['MX', 4],
      ['GB', 2],
      ['IN', 1],
    ],
  },
  {
    name: 'an exporter with a campaign in a new country',
    rules: BERLIN,
    utcOffset: 1,
    phones: 4,
    aDay: 80,
    weekend: 0,
    open: [8, 18],
    redials: 10,
    countries: [
      ['DE', 70],
      ['AT', 20],
      ['CH', 10],
    ],
    campaign: { country: 'PL', fromDay: 2, aDay: 80 },
  },
  {
    name: 'a branch whose head office is abroad',
    rules: BERLIN,
    utcOffset: 1,
    phones: 12,
    aDay: 60,
    weekend: 2,
    open: [7, 20],
    redials: 10,
    countries: [
      ['DE', 90],
      ['AT', 10],
    ],
    branch: { country: 'AT', stem: '15134', aDay: 25 },
    late: { everyDays: 3, calls: 5, until: 22 },
  },
  {
    name: 'an agency that has set nothing',
    rules: {},
    utcOffset: -8,
    phones: 5,
    aDay: 60,
    weekend: 4,
    open: [9, 19],
    redials: 15,
    countries: [
      ['US', 88],
      ['CA', 5],
      ['GB', 3],
      ['MX', 2],
      ['JP', 1],
      ['NL', 1],
    ],
    late: { everyDays: 3, calls: 8, until: 23 },
  },
];

/** The legs of an office's days, in their order. */
export function* workOf(office: Office, seed: number, fromDay: number, days: number): Generator<OutsideLeg> {
  const chance = seeded(seed);
  const below = (most: number) => Math.floor(chance() * most);
  for (let day = fromDay; day < fromDay + days; day += 1) {
    const isWeekend = day % 7 >= 5;
    const midnight = MONDAY + day * DAY - office.utcOffset * HOUR;
    const [from, to] = office.open;
    const at = () => midnight + Math.floor((from + chance() * (to - from)) * HOUR);
    const phone = () => String(100 + below(office.phones));
    const numberIn = (country: string) =>
      `+${CODES[country]}${2 + below(7)}${String(below(100_000_000)).padStart(8, '0')}`;
    const legs: OutsideLeg[] = [];
    const put = (atMicros: number, country: string, e164 = numberIn(country)) =>
      legs.push({ atMicros, country, e164, type: 'fixed_or_mobile', phone: phone() });
    const pick = (): string => {
      let left = chance() * 100;
      const found = office.countries.find(([, share]) => (left -= share) < 0);
      return (found ?? office.countries[0] ?? ['DE'])[0];
    };
    for (let call = 0; call < (isWeekend ? office.weekend : office.aDay); call += 1) {
      const again = legs[below(legs.length)];
      if (again !== undefined && chance() * 100 < office.redials) legs.push({ ...again, atMicros: at() });
      else put(at(), pick());
    }
    const { branch, campaign, late } = office;
    if (branch !== undefined && !isWeekend)
      for (let call = 0; call < branch.aDay; call += 1)
        put(at(), branch.country, `+${CODES[branch.country]}${branch.stem}${1_000 + below(300)}`);
    if (campaign !== undefined && !isWeekend && day >= campaign.fromDay)
      for (let call = 0; call < campaign.aDay; call += 1) put(at(), campaign.country);
    if (late !== undefined && !isWeekend && day % late.everyDays === 0)
      for (let call = 0; call < late.calls; call += 1)
        put(midnight + Math.floor((to + chance() * (late.until - to)) * HOUR), pick());
    yield* legs.toSorted((a, b) => a.atMicros - b.atMicros);
  }
}
