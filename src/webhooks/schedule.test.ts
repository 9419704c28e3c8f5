import { describe, expect, it } from 'vitest';
import { DAY_MICROS, nextAttempt, restMicros } from './schedule.ts';

const SECOND = 1_000_000;
const START = 1_795_435_200_000_000;
const untilMicros = START + DAY_MICROS;

/** The times of all attempts of a delivery that nobody takes. */
function attempts(): number[] {
  const times = [START];
  for (;;) {
    const next = nextAttempt({ untilMicros, attempts: times.length }, times.at(-1) ?? START);
    if (next === undefined) return times;
    times.push(next);
  }
}

describe('a delivery that fails', () => {
  it('is tried for a day, with gaps that grow to 4 hours, and a last time at its end', () => {
    const times = attempts();
    expect(times.at(-1)).toBe(untilMicros);
    expect(times.length).toBeGreaterThan(12);
    expect(times.length).toBeLessThan(60);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps[0]).toBeGreaterThanOrEqual(5 * SECOND);
    expect(gaps[0]).toBeLessThanOrEqual(10 * SECOND);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(4 * 3_600 * SECOND);
    const doubled = gaps.map((_, index) => Math.min(10 * 2 ** index, 4 * 3_600) * SECOND);
    for (const [index, gap] of gaps.slice(0, 4).entries())
      expect(gap).toBeLessThanOrEqual(doubled[index] ?? 0);
    expect(Math.max(...gaps)).toBeGreaterThan(3_600 * SECOND);
  });

  it('waits no longer for its second attempt than any other, however late its first was', () => {
    const late = START + DAY_MICROS / 2;
    const next = nextAttempt({ untilMicros, attempts: 1 }, late);
    expect((next ?? 0) - late).toBeLessThanOrEqual(10 * SECOND);
  });

  it('is left as long as its receiver asks, for 4 hours at most, and is still tried at the end of its day', () => {
    const after = (asked: number, at = START) =>
      (nextAttempt({ untilMicros, attempts: 1 }, at, asked * SECOND) ?? 0) - at;
    expect(after(120)).toBe(120 * SECOND);
    expect(after(1)).toBeGreaterThanOrEqual(5 * SECOND);
    expect(after(1_000_000)).toBe(4 * 3_600 * SECOND);
    expect(after(1_000_000, untilMicros - 60 * SECOND)).toBe(60 * SECOND);
  });

  it('is not tried at the same times as another one', () => {
    expect(attempts()[1]).not.toBe(attempts()[1]);
  });
});

describe('a webhook that fails', () => {
  it('rests for a second at first, and for five minutes at most', () => {
    expect(restMicros(0)).toBeLessThanOrEqual(SECOND);
    expect(restMicros(100)).toBeLessThanOrEqual(300 * SECOND);
    expect(restMicros(100)).toBeGreaterThanOrEqual(150 * SECOND);
  });

  it('rests for as long as it asks, for 4 hours at most', () => {
    expect(restMicros(0, 600 * SECOND)).toBe(600 * SECOND);
    expect(restMicros(0, 1_000_000 * SECOND)).toBe(4 * 3_600 * SECOND);
  });
});
