import { afterEach, describe, expect, it, vi } from 'vitest';
import { rfc3339, systemClock, utcTime } from './clock.ts';

afterEach(() => void vi.restoreAllMocks());

describe('the system clock', () => {
  it('tells whole microseconds of the machine’s own time', () => {
    const micros = systemClock.nowMicros();
    expect(Number.isSafeInteger(micros)).toBe(true);
    expect(Math.abs(micros / 1000 - Date.now())).toBeLessThan(5);
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
  it('are RFC 3339 with microseconds, and the documented whole seconds', () => {
    expect(rfc3339(1_435_628_937_000_042)).toBe('2015-06-30T01:48:57.000042Z');
    expect(rfc3339(1_435_628_937_123_456)).toBe('2015-06-30T01:48:57.123456Z');
    expect(utcTime(1_435_628_937_999_999)).toBe('1435628937');
  });
});
