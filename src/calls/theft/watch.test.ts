import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../contract/v3/policy.ts';
import { DEFAULT_POLICY } from '../../../contract/default-policy.ts';
import { Habits } from './habits.ts';
import { outsideLegs, type OutsideLeg } from './leg.ts';
import { CODES, DAY, HOUR, MONDAY, OFFICES, seeded, workOf, type Office } from './test-offices.ts';
import { judgeSeen, learn, look, newWatch, type KeyWatch } from './watch.ts';

const SEEDS = [1, 2, 3];
const MINUTE = HOUR / 60;

/** Dials a leg as the breaker does. @returns why the key is frozen, if it is */
function dial(watch: KeyWatch, policy: Policy, leg: OutsideLeg): string | undefined {
  const seen = look(watch, policy, leg);
  const why = judgeSeen(watch, seen);
  if (why === undefined) learn(watch, seen);
  return why;
}

function policyOf({ rules }: Office): Policy {
  return { ...DEFAULT_POLICY, ...rules };
}

/** The key of an office after so many days of its work. */
function worked(office: Office, seed: number, days: number): KeyWatch {
  const watch = newWatch();
  for (const leg of workOf(office, seed, 0, days)) {
    const why = dial(watch, policyOf(office), leg);
    if (why !== undefined) throw new Error(`${office.name}: ${why}`);
  }
  return watch;
}

const grown = new Map<string, KeyWatch>();

/** The same after five weeks, made once. */
function grownOf(office: Office, seed: number): KeyWatch {
  const name = `${office.name} ${seed}`;
  const watch = grown.get(name) ?? worked(office, seed, 35);
  grown.set(name, watch);
  return { habits: new Habits(watch.habits.all()), foreign: [...watch.foreign], others: [...watch.others] };
}

describe.each(OFFICES.map((office) => [office.name, office] as const))('%s', (_name, office) => {
  it.each(SEEDS)('gives no alarm in its first week nor in five more (%i)', (seed) => {
    expect(() => worked(office, seed, 42)).not.toThrow();
  });
});

interface Theft {
  readonly name: string;
  readonly countries: readonly string[];
  readonly ranges: number;
  /** On the wall. */
  readonly hour: number;
  readonly everyMinutes: number;
  /** At most so many a day; the next ones on the next day. */
  readonly aDay?: number;
  readonly phones?: number;
  /** Nothing but the hour tells it, so it is seen only where people sleep. */
  readonly byNight?: true;
}

const THEFTS: readonly Theft[] = [
  { name: 'at night, a call a minute to Cuba', countries: ['CU'], ranges: 1, hour: 2, everyMinutes: 1 },
  { name: 'by day, a call a minute to Latvia', countries: ['LV'], ranges: 2, hour: 11, everyMinutes: 1 },
  {
    name: 'at night, ten a minute to ranges of four countries',
    countries: ['GM', 'SL', 'SO', 'ZW'],
    ranges: 2,
    hour: 3,
    everyMinutes: 0.1,
  },
  {
    name: 'at night, to ranges of countries that nobody fears',
    countries: ['ES', 'SE'],
    ranges: 2,
    hour: 1,
    everyMinutes: 2,
  },
  {
    name: 'at night, from many phones',
    countries: ['SE'],
    ranges: 3,
    hour: 1,
    everyMinutes: 2,
    phones: 50,
    byNight: true,
  },
  {
    name: 'slowly, a call in forty minutes through the nights',
    countries: ['SE'],
    ranges: 2,
    hour: 0,
    everyMinutes: 40,
    aDay: 8,
    byNight: true,
  },
  {
    name: 'at night, to ranges of a country that is called by day',
    countries: ['GB'],
    ranges: 3,
    hour: 3,
    everyMinutes: 2,
    phones: 20,
    byNight: true,
  },
  {
    name: 'slowly, three a day to Somalia',
    countries: ['SO'],
    ranges: 1,
    hour: 14,
    everyMinutes: 20,
    aDay: 3,
  },
  {
    name: 'slowly, three a night to Sweden',
    countries: ['SE'],
    ranges: 1,
    hour: 2,
    everyMinutes: 20,
    aDay: 3,
    byNight: true,
  },
  {
    name: 'by day, quickly, to one range that nobody fears',
    countries: ['SE'],
    ranges: 1,
    hour: 15,
    everyMinutes: 3,
  },
];

function* stolen(
  { countries, ranges, hour, everyMinutes, aDay = 1_000, phones = 1 }: Theft,
  office: Office,
  seed: number,
) {
  const chance = seeded(seed);
  const starts = 35 * DAY + MONDAY + (hour - office.utcOffset) * HOUR;
  for (let call = 0; call < 50; call += 1) {
    const day = Math.floor(call / aDay);
    const country = countries[call % countries.length] ?? 'CU';
    const stem = `${6 + (call % ranges)}55${call % ranges}`;
    yield {
      atMicros: Math.floor(starts + day * DAY + ((call % aDay) + chance() * 0.5) * everyMinutes * MINUTE),
      country,
      e164: `+${CODES[country]}${stem}${String(Math.floor(chance() * 10_000)).padStart(4, '0')}`,
      type: 'mobile',
      phone: String(100 + Math.floor(chance() * phones)),
    } satisfies OutsideLeg;
  }
}

/** How many calls a thief gets through before the key is frozen. */
function gotThrough(watch: KeyWatch, office: Office, theft: Theft, seed: number): number {
  let calls = 0;
  for (const leg of stolen(theft, office, seed)) {
    if (dial(watch, policyOf(office), leg) !== undefined) return calls;
    calls += 1;
  }
  return calls;
}

describe.each(THEFTS.map((theft) => [theft.name, theft] as const))('a theft %s', (_name, theft) => {
  const offices = OFFICES.filter(({ open: [from, to] }) => theft.byNight === undefined || to - from < 24);
  it.each(offices.map((office) => [office.name, office] as const))(
    'from %s gets less than ten calls',
    (_office, office) => {
      for (const seed of SEEDS)
        expect(gotThrough(grownOf(office, seed), office, theft, seed)).toBeLessThan(10);
    },
  );
});

/** A key that has never been used, of accounts that have said where they are. */
describe.each(THEFTS.filter(({ aDay }) => aDay === undefined).map((theft) => [theft.name, theft] as const))(
  'a theft %s',
  (_name, theft) => {
    it('of a new key gets less than ten calls', () => {
      for (const office of OFFICES.filter(({ rules }) => rules.home_country !== undefined))
        for (const seed of SEEDS) expect(gotThrough(newWatch(), office, theft, seed)).toBeLessThan(10);
    });
  },
);

describe('a watch', () => {
  const office = OFFICES[1] as Office;

  it('outlasts a restart after each call', () => {
    const theft = THEFTS.find(({ name }) => name.startsWith('slowly, three a day')) as Theft;
    let { habits } = grownOf(office, 1);
    let calls = 0;
    for (const leg of stolen(theft, office, 1)) {
      const watch = newWatch(habits.all());
      if (dial(watch, policyOf(office), leg) !== undefined) break;
      ({ habits } = watch);
      calls += 1;
    }
    expect(calls).toBeLessThan(10);
  });

  it('sees calls by day that are spread over many countries, and a burst at home', () => {
    const spread = { name: 'spread', countries: ['SE', 'JP', 'MX', 'IN', 'IT', 'GB', 'FR'], ranges: 7 };
    const many = { ...spread, hour: 11, everyMinutes: 3, phones: 40 };
    expect(gotThrough(grownOf(office, 1), office, many, 1)).toBe(7);

    const watch = grownOf(office, 1);
    const burst = { name: 'burst', countries: ['DE'], ranges: 50, hour: 11, everyMinutes: 0.2, phones: 40 };
    const said = [...stolen(burst, office, 1)].map((leg) => dial(watch, policyOf(office), leg));
    expect(said.find((why) => why !== undefined)).toMatch(
      /^\d\d calls in \d minutes, while the busiest hour of its weeks has \d, most of them to areas where/,
    );
  });

  it('says why in words', () => {
    const watch = grownOf(office, 1);
    const [theft] = THEFTS as [Theft];
    const said = [...stolen(theft, office, 1)].map((leg) => dial(watch, policyOf(office), leg));
    expect(said.find((why) => why !== undefined)).toMatch(
      /^5 calls in \d minutes to Cuba \(CU\), where this key never called before$/,
    );
  });

  it('leaves countries alone that the owner named, and toll-free numbers', () => {
    const [theft] = THEFTS as [Theft];
    const named = { ...office, rules: { ...office.rules, countries_allowed: ['DE', 'CU'] } };
    const daily = { ...theft, ranges: 50, hour: 12 };
    expect(gotThrough(grownOf(office, 1), named, daily, 1)).toBe(50);
    expect(outsideLegs(0, '101', [{ type: 'toll_free', e164: '+80012345678', country: null }])).toEqual([]);
  });
});
