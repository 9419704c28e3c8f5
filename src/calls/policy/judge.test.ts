import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../contract/v3/policy.ts';
import { judgeNumber } from './judge.ts';
import { numbering } from './numbering.ts';
import { DEFAULT_POLICY } from '../../../contract/default-policy.ts';

/** Wednesday, 25 November 2026, 10:00 UTC. */
const WEDNESDAY_MORNING = Date.UTC(2026, 10, 25, 10) * 1000;

function judge(dial: string, rules: Partial<Policy> = {}, nowMicros = WEDNESDAY_MORNING) {
  return judgeNumber({ policy: { ...DEFAULT_POLICY, ...rules }, numbering, nowMicros }, dial);
}

/** `DE fixed`, `- satellite`, and a `!` with the rule where it is refused. */
function said(dial: string, rules: Partial<Policy> = {}, nowMicros?: number): string {
  const { isAllowed, readAs, rule } = judge(dial, rules, nowMicros);
  return `${readAs.country ?? '-'} ${readAs.type}${isAllowed ? '' : ` !${rule}`}`;
}

describe('the policy of a new account', () => {
  it.each([
    ['101', '- extension'],
    ['alice', '- extension'],
    ['*98', '- extension'],
    ['911', '- emergency'],
    ['12125551234', 'US fixed_or_mobile'],
    ['15551234567', 'US unassigned'],
    ['+442079460000', 'GB fixed'],
    ['+448001111', 'GB toll_free'],
    ['+443001234567', 'GB company'],
    ['+41587654321', 'CH company'],
    ['+5372041234', 'CU fixed'],
    ['004930123456', 'DE fixed'],
    ['0114930123456', 'DE fixed'],
    ['5551234', '- unreadable'],
    // Area codes of Arkansas, Pittsburgh and Texas are no satellites: bare digits could be anybody's.
    ['8705551234', '- unreadable'],
    ['8785551234', '- unreadable'],
    ['9795551234', '- unreadable'],
    ['+80012345678', '- toll_free'],
    ['+19005551234', 'US premium !types_refused'],
    ['+449012345678', 'GB premium !types_refused'],
    ['+449012345678'.replace('+', '00'), 'GB premium !types_refused'],
    ['*720044 9012345678'.replace(' ', ''), 'GB premium !types_refused'],
    ['+491801234567', 'DE shared_cost !types_refused'],
    ['+979123456789', '- premium !types_refused'],
    ['+870776123456', '- satellite !types_refused'],
    ['+881612345678', '- satellite !types_refused'],
    ['+88216123456', '- international !types_refused'],
    ['+883510001234567', '- international !types_refused'],
  ])('reads %s as %s', (dial, expected) => {
    expect(said(dial)).toBe(expected);
  });

  it('stops nothing that a PBX in the box answers to', () => {
    for (const dial of ['101', '201', '403', '445', '486', '603', '12125551234', '999'])
      expect(judge(dial).isAllowed, dial).toBe(true);
  });
});

describe('a home country and an outside line', () => {
  const german = { home_country: 'DE', outside_prefixes: ['0'] };
  it.each([
    ['030123456', 'DE fixed'],
    ['0030123456', 'DE fixed'],
    ['09001234567', 'DE premium !types_refused'],
    ['009001234567', 'DE premium !types_refused'],
    ['00870776123456', '- satellite !types_refused'],
    ['000870776123456', '- satellite !types_refused'],
    ['0112', '- emergency'],
  ])('reads %s as %s', (dial, expected) => {
    expect(said(dial, german)).toBe(expected);
  });

  it('refuses where one of the ways in which the PBX may take it is refused', () => {
    // As it stands a number of New York, behind the outside line one of Toronto.
    const american = { home_country: 'US', outside_prefixes: ['9'], extension_digits: 4 };
    expect(said('9142345678', american)).toBe('US fixed_or_mobile');
    expect(said('94162345678', { ...american, countries_allowed: ['US'] })).toBe(
      'CA fixed_or_mobile !countries_allowed',
    );
    expect(said('9011870776123456', american)).toBe('- satellite !types_refused');
  });
});

describe('the rules of a policy', () => {
  it.each<[string, Partial<Policy>, string]>([
    ['+4930123456', { countries_allowed: ['DE', 'AT'] }, 'DE fixed'],
    ['+5372041234', { countries_allowed: ['DE', 'AT'] }, 'CU fixed !countries_allowed'],
    ['+80012345678', { countries_allowed: ['DE'] }, '- toll_free !countries_allowed'],
    ['0301234567890123456', { countries_allowed: ['DE'] }, '- unreadable !countries_allowed'],
    ['+5372041234', { countries_denied: ['CU'] }, 'CU fixed !countries_denied'],
    ['101', { countries_allowed: ['DE'] }, '- extension'],
    ['+19005551234', { numbers_allowed: ['+19005551234'] }, 'US premium'],
    ['+19005551235', { numbers_allowed: ['+19005551234'] }, 'US premium !types_refused'],
    ['+5372041234', { numbers_denied: ['+*'], numbers_allowed: ['+537*'] }, 'CU fixed'],
    ['+4930123456', { numbers_denied: ['+*'], numbers_allowed: ['+537*'] }, 'DE fixed !numbers_denied'],
    ['+4930123456', { numbers_denied: ['+49*'], numbers_allowed: ['+49*'] }, 'DE fixed !numbers_denied'],
    ['105', { numbers_denied: ['105'] }, '- extension !numbers_denied'],
    ['1055', { numbers_denied: ['105'] }, '- extension'],
    // A pattern holds from the first digit on: it is not found in the middle of a number.
    [
      '+9001555',
      { numbers_allowed: ['1555*'], types_refused: ['unassigned'] },
      'TR unassigned !types_refused',
    ],
    ['486', { extensions: ['1xx'], types_refused: ['unreadable'] }, '- unreadable !types_refused'],
    ['101', { extensions: ['1xx'] }, '- extension'],
    ['911', { emergency: 'refuse' }, '- emergency !emergency'],
    ['112', { numbers_denied: ['*'], countries_allowed: ['DE'], hours: ['Sun 01:00-02:00'] }, '- emergency'],
  ])('%s with %j is %s', (dial, rules, expected) => {
    expect(said(dial, rules)).toBe(expected);
  });

  it('say when outside numbers may be called, in the zone of the account; extensions always', () => {
    const office = { hours: ['Mon-Fri 09:00-18:00', 'Fri 22:00-02:00'], time_zone: 'America/New_York' };
    const at = (day: number, hour: number) => Date.UTC(2026, 10, day, hour) * 1000;
    expect(said('+4930123456', office, at(25, 13))).toBe('DE fixed !hours');
    expect(said('+4930123456', office, at(25, 14))).toBe('DE fixed');
    expect(said('+4930123456', office, at(25, 23))).toBe('DE fixed !hours');
    expect(said('+4930123456', office, at(28, 6))).toBe('DE fixed');
    expect(said('+4930123456', office, at(28, 8))).toBe('DE fixed !hours');
    expect(said('101', office, at(28, 8))).toBe('- extension');
    expect(judge('+4930123456', office, at(25, 13)).because).toBe(
      'outside numbers are called only Mon-Fri 09:00-18:00, Fri 22:00-02:00 in America/New_York',
    );
  });
});
