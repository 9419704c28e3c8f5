import { describe, expect, it } from 'vitest';
import { Policy } from '../../../contract/v3/policy.ts';
import { numbering } from './numbering.ts';
import { DEFAULT_POLICY } from '../../../contract/default-policy.ts';
import { readPolicy } from './read-policy.ts';

function wrong(given: Readonly<Record<string, unknown>>): string[] {
  const reading = readPolicy(given, numbering.countries);
  return reading.ok ? [] : reading.problems.map(({ field, detail }) => `${field}: ${detail}`);
}

describe('readPolicy', () => {
  it('fills what is left out with what a new account has', () => {
    expect(readPolicy({}, numbering.countries)).toEqual({ ok: true, policy: DEFAULT_POLICY });
  });

  it('reads everything that the contract describes, and nothing else', () => {
    expect(Object.keys(DEFAULT_POLICY).toSorted()).toEqual(Object.keys(Policy.properties).toSorted());
    expect(readPolicy({ ...DEFAULT_POLICY }, numbering.countries)).toEqual({
      ok: true,
      policy: DEFAULT_POLICY,
    });
  });

  it('stores countries in capitals, patterns without what people put between digits, and nothing twice', () => {
    expect(
      readPolicy(
        { home_country: 'de', numbers_denied: ['+49 (190) *', '+49190*', '2XX'] },
        numbering.countries,
      ),
    ).toMatchObject({ policy: { home_country: 'DE', numbers_denied: ['+49190*', '2xx'] } });
  });

  it.each([
    [
      { countries_alowed: [] },
      'countries_alowed: "countries_alowed" is no part of a policy; did you mean countries_allowed?',
    ],
    [{ constructor: 1 }, /^constructor: "constructor" is no part of a policy; there are home_country, /],
    [
      { home_country: 'Germany' },
      'home_country: home_country can not be "Germany"; give a country in two letters of ISO 3166, such as DE, or null.',
    ],
    [
      { countries_denied: ['DE', 'ZZ'] },
      'countries_denied: countries_denied[1] can not be "ZZ"; give a country in two letters of ISO 3166, such as DE.',
    ],
    [{ countries_denied: 'DE' }, /^countries_denied: countries_denied can not be "DE"; /],
    [
      { numbers_allowed: ['(a+)+$'] },
      /^numbers_allowed: numbers_allowed\[0\] can not be "\(a\+\)\+\$"; give a number, or digits with x/,
    ],
    [
      { types_refused: ['sex'] },
      /^types_refused: types_refused\[0\] can not be "sex"; give one of fixed, mobile,/,
    ],
    [
      { hours: ['Mon-Fri 8-18'] },
      /^hours: hours\[0\] can not be "Mon-Fri 8-18"; give days and times such as Mon-Fri 08:00-18:00/,
    ],
    [{ hours: ['Mon 08:00-24:01'] }, /^hours: /],
    [{ time_zone: 'Europe/Atlantis' }, /^time_zone: .*such as Europe\/Berlin, or null\.$/],
    [
      { dial_as: ['2xx for 201'] },
      /^dial_as: dial_as\[0\] can not be "2xx for 201"; give who may dial as whom, such as 2xx as 201\.$/,
    ],
    [{ calls_per_minute: 0 }, /^calls_per_minute: .*; give a whole number from 1 to 1000000, or null\.$/],
    [{ extension_digits: '3' }, /^extension_digits: extension_digits can not be "3"; /],
    [{ freeze_keys: 'no' }, /^freeze_keys: /],
    [{ emergency: true }, /^emergency: emergency can not be true; give allow or refuse\.$/],
    [
      { extensions: Array.from({ length: 301 }, () => '1') },
      /^extensions: extensions can not be this list of 301/,
    ],
  ])('says of %j what is wrong', (given, expected) => {
    expect(wrong(given)).toEqual([typeof expected === 'string' ? expected : expect.stringMatching(expected)]);
  });

  it('says everything that is wrong at once', () => {
    expect(wrong({ emergency: 'no', home_country: 5, nothing: 1 })).toHaveLength(3);
  });
});
