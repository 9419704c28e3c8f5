import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber } from './number.ts';
import { matchesAny, readPattern } from './number-pattern.ts';

/** Whether a number as somebody typed it is one of a pattern as somebody typed it. */
function covers(pattern: string, typed: string): boolean {
  const read = readPattern(pattern);
  const number = readNumber(typed, true);
  if (!read.ok || !number.ok) throw new Error(`${pattern} or ${typed} can not be read.`);
  return matchesAny([read.pattern], number.dial);
}

describe('a pattern of numbers', () => {
  it.each([
    ['101', '101', true],
    ['101', '1011', false],
    ['101', '10', false],
    ['101', '1 (0) 1', true],
    ['+1 (555) 123-4567', '+15551234567', true],
    ['2xx', '201', true],
    ['2XX', '299', true],
    ['2xx', '2011', false],
    ['2xx', '1201', false],
    ['2xx', '2*1', false],
    ['+49*', '+49301234567', true],
    ['+49*', '+49', true],
    ['+49*', '0049301234567', false],
    ['+49*', '1+4930', false],
    ['*', '900', true],
    ['*98', '*98', true],
    ['*98', '198', false],
    ['*9*', '*98', true],
    ['x*', '5', true],
    ['x*', '+5', false],
    ['alice', 'alice', true],
    ['alice', 'alicea', false],
    ['max', 'max', true],
    ['max', 'ma1', false],
    ['(555) 1*', '(555) 12', true],
    ['555*', '٥٥٥١', true],
  ])('%s and %s: %s', (pattern, typed, expected) => {
    expect(covers(pattern, typed)).toBe(expected);
  });

  it('means what an anchored regular expression would, for any pattern and any number', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'012345*#+'.split('')), maxLength: 12 });
    const patterns = fc.string({
      unit: fc.constantFrom(...'012345*#+xX'.split('')),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(patterns, digits, (typed, dial) => {
        const read = readPattern(typed);
        if (!read.ok) throw new Error(`${typed} can not be read.`);
        const [fixed, rest] = typed.endsWith('*') ? [typed.slice(0, -1), '.*'] : [typed, ''];
        const meant = fixed.replace(/[*+]/g, '\\$&').replace(/x/gi, '[0-9]');
        expect(matchesAny([read.pattern], dial)).toBe(new RegExp(`^${meant}${rest}$`).test(dial));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is no regular expression, and says what would be right', () => {
    for (const typed of ['', ' ', '(a+)+$', '2[0-9]', '^1', '1|2', '2?', '+49…', 'a'.repeat(65)]) {
      const read = readPattern(typed);
      expect(read.ok ? '' : read.problem, typed).toContain('such as 2xx or +49*');
    }
  });
});
