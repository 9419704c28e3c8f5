import { expect, it } from 'vitest';
import { askedRestMicros } from './retry-after.ts';

const NOW = Date.parse('2026-11-25T10:00:00Z') * 1000;
const MINUTE = 60_000_000;

it.each<[asked: string, date: string, minutes: number]>([
  ['120', '', 2],
  [' 0 ', '', 0],
  ['Wed, 25 Nov 2026 10:03:00 GMT', '', 3],
  ['Wed, 25 Nov 2026 12:03:00 GMT', 'Wed, 25 Nov 2026 12:00:00 GMT', 3],
  ['Wed, 25 Nov 2026 09:00:00 GMT', '', 0],
  ['Wed, 99 Nov 2026 09:00:00 GMT', '', 0],
  ['2026-11-25T10:03:00Z', '', 0],
  ['soon', '', 0],
  ['-5', '', 0],
  ['1.5', '', 0],
  ['99999999999999999999', '', 0],
  ['', '', 0],
])('"%s" at "%s" asks for %d minutes', (asked, date, minutes) => {
  expect(askedRestMicros({ 'retry-after': asked, date }, NOW)).toBe(minutes * MINUTE);
});

it('is nothing where the answer does not ask', () => {
  expect(askedRestMicros({}, NOW)).toBe(0);
});
