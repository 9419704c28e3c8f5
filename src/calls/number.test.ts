import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber } from './number.ts';

function dial(typed: string, namesAllowed = false): string | undefined {
  const reading = readNumber(typed, namesAllowed);
  return reading.ok ? reading.dial : undefined;
}

describe('a number as people have them', () => {
  it.each([
    ['101', '101'],
    ['*98', '*98'],
    ['#31#5551234', '#31#5551234'],
    ['+1 (555) 123-4567', '+15551234567'],
    ['555.123.4567', '5551234567'],
    ['  101  ', '101'],
    ['+49\u00A030\u2009123\u2011456', '+4930123456'],
    ['\u202A+1 555 123 4567\u202C', '+15551234567'],
    ['\u0660\u0661\u0662\u0669', '0129'],
    ['\uFF0B\uFF11\uFF15', '+15'],
    ['\u{1D7D8}\u{1D7E1}\u{1D7EC}', '090'],
    ['tel:+1-201-555-0123', '+12015550123'],
    ['TEL:101', '101'],
  ])('reads %j as %s', (typed, expected) => {
    expect(dial(typed)).toBe(expected);
  });

  it('takes an extension by name only where the PBX allows names', () => {
    expect(dial('sales.desk', true)).toBe('sales.desk');
    expect(dial('alice', true)).toBe('alice');
    expect(readNumber('alice', false)).toEqual({
      ok: false,
      problem: 'is a name, and this PBX takes numbers only; its setting named_extensions allows names',
    });
  });
});

describe('anything else is refused, with what was wrong', () => {
  it.each(['&', '@', '/', ',', '|', ';', '^', '$', '{', '}', '"', '\\', '<', '%', '=', '!', '?'])(
    'a number with %s in it',
    (char) => {
      const reading = readNumber(`10${char}1`, true);
      expect(reading).toMatchObject({ ok: false });
      expect(!reading.ok && reading.problem).toContain(JSON.stringify(char));
    },
  );

  it.each([['\r\n'], ['\0'], ['\t'], ['\u0085'], ['\u007F']])('a control character %j', (char) => {
    expect(readNumber(`101${char}`, true)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('control'),
    });
  });

  it.each([[''], ['   '], ['()'], ['+'], ['tel:']])('nothing to dial: %j', (typed) => {
    expect(dial(typed, true)).toBeUndefined();
  });

  it('more than 32 digits, and 10 kB at once', () => {
    expect(dial('1'.repeat(32))).toBe('1'.repeat(32));
    expect(dial('1'.repeat(33))).toBeUndefined();
    expect(readNumber('1'.repeat(10_240), false)).toMatchObject({
      problem: expect.stringContaining('10240'),
    });
  });

  it('tel: parameters, which would change the number if they were dropped', () => {
    expect(dial('tel:+12015550123;ext=5')).toBeUndefined();
  });

  it('whatever comes in, what goes out is safe to dial', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (typed, names) => {
        const result = dial(typed, names);
        expect(result === undefined || /^([0-9*#+]{1,32}|[A-Za-z][A-Za-z0-9._-]{0,39})$/.test(result)).toBe(
          true,
        );
      }),
      { numRuns: 5_000 },
    );
  });
});
