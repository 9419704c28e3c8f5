import { afterEach, describe, expect, it, vi } from 'vitest';
import { microsOf, rfc3339, systemClock, utcTime } from './clock.ts';

afterEach(() => void vi.restoreAllMocks());

describe('the system clock', () => {
  it('tells whole microseconds of the machine’s own time', () => {
    const before = Date.now();
    const micros = systemClock.nowMicros();
    const after = Date.now();
    expect(Number.isSafeInteger(micros)).toBe(true);
    expect(micros / 1000).toBeGreaterThan(before - 5);
    expect(micros / 1000).toBeLessThan(after + 5);
  });

  it('follows the machine where its time is set or it has slept, forwards and back', () => {
    const real = Date.now();
    for (const setTo of [real + 3_600_000, real - 60_000]) {
      vi.spyOn(Date, 'now').mockReturnValue(setTo);
      expect(Math.abs(systemClock.nowMicros() / 1000 - setTo)).toBeLessThan(5);
      vi.restoreAllMocks();
    }
  });
});

describe('times as text', () => {
  it.each([
    ['2015-06-30T01:48:57.000042Z', 1_435_628_937_000_042],
    ['2015-06-30T01:48:57Z', 1_435_628_937_000_000],
    ['2015-06-30T03:48:57.5+02:00', 1_435_628_937_500_000],
    ['2015-06-30T01:48:57.123456789Z', 1_435_628_937_123_456],
  ])('are read: %s', (text, micros) => {
    expect(microsOf(text)).toBe(micros);
  });

  it('are RFC 3339 with microseconds, and the documented whole seconds', () => {
    expect(rfc3339(1_435_628_937_000_042)).toBe('2015-06-30T01:48:57.000042Z');
    expect(rfc3339(1_435_628_937_123_456)).toBe('2015-06-30T01:48:57.123456Z');
    expect(utcTime(1_435_628_937_999_999)).toBe('1435628937');
  });

  it('are read again to the microsecond, and what is none is none', () => {
    expect(microsOf(rfc3339(1_435_628_937_123_456))).toBe(1_435_628_937_123_456);
    expect(microsOf('2015-06-30T03:48:57+02:00')).toBe(1_435_628_937_000_000);
    expect(microsOf('2015-06-30T01:48:57.5Z')).toBe(1_435_628_937_500_000);
    for (const text of ['', '2015-06-30', '2015-13-30T01:48:57Z', '1435628937'])
      expect(microsOf(text)).toBeUndefined();
  });
});
