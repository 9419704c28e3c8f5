import { describe, expect, it } from 'vitest';
import { periodsOf } from './periods.ts';
import type { UsageCount } from './ports.ts';
import { NO_WAIT, secondsOfClass, waitClassOf } from './wait-class.ts';

function count(change: Partial<UsageCount>): UsageCount {
  return {
    hour: 100,
    disposition: 'answered',
    waitClass: waitClassOf(4e6),
    calls: 1,
    talkMicros: 0,
    ...change,
  };
}

describe('classes of waiting', () => {
  it('tell a time to within 5 %, from a tenth of a second to a day', () => {
    for (let seconds = 0.1; seconds < 86_400; seconds *= 1.037) {
      const told = secondsOfClass(waitClassOf(seconds * 1e6));
      expect(Math.abs(told / seconds - 1)).toBeLessThan(0.05);
    }
  });

  it('take what is shorter or longer than any', () => {
    expect(secondsOfClass(waitClassOf(0))).toBe(0.1);
    expect(waitClassOf(1e15)).toBe(waitClassOf(1e14));
  });
});

describe('periods', () => {
  const asked = { fromHour: 99, toHour: 102, hours: 1 } as const;

  it('are all there, also those without calls', () => {
    const { total, periods } = periodsOf(asked, [count({})]);
    expect(periods.map(({ hour, calls }) => [hour, calls])).toEqual([
      [99, 0],
      [100, 1],
      [101, 0],
    ]);
    expect(periods[0]).toMatchObject({ answerRate: null, timeToAnswer: null });
    expect(total).toMatchObject({ calls: 1, answerRate: 1, timeToAnswer: { p50: 4.15, p90: 4.15 } });
  });

  it('say how many were answered and how long the others had to wait', () => {
    const { total } = periodsOf(asked, [
      count({ calls: 8, talkMicros: 80e6 }),
      count({ calls: 2, waitClass: waitClassOf(30e6), talkMicros: 20e6, hour: 101 }),
      count({ calls: 10, disposition: 'busy', waitClass: NO_WAIT }),
    ]);
    expect(total).toMatchObject({ calls: 20, answered: 10, answerRate: 0.5, talkMicros: 100e6 });
    expect(total.dispositions).toEqual({ answered: 10, busy: 10 });
    expect(total.timeToAnswer?.p50).toBeCloseTo(4, 0);
    expect(total.timeToAnswer?.p90).toBeCloseTo(30, -1);
  });
});
