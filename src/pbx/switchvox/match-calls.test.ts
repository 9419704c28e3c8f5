import { describe, expect, it } from 'vitest';
import type { CurrentCall } from './current-calls.ts';
import { matchCalls, type Wanted } from './match-calls.ts';

const NOW_MS = 100_000;

function row(id: string, from: string, to: string, lastedSeconds = 0, startTime = '10:00:00'): CurrentCall {
  return { id, from, to, lastedSeconds, startTime, state: 'ringing', node: {} };
}

function wanted(channelId: string, first: string, second: string, change: Partial<Wanted> = {}): Wanted {
  return {
    channelId,
    first: new Set([first]),
    second: new Set([second]),
    orderedMs: NOW_MS - 5_000,
    ...change,
  };
}

function seen(calls: readonly Wanted[], rows: readonly CurrentCall[]): Record<string, string> {
  const found = matchCalls(calls, rows, NOW_MS);
  return Object.fromEntries(
    [...found].map(([channelId, sighting]) => [
      channelId,
      typeof sighting === 'string' ? sighting : sighting.id,
    ]),
  );
}

describe("a call among the box's", () => {
  it('is the one between its two numbers, either way round', () => {
    const rows = [row('x', '101', '103'), row('y', '102', '101'), row('z', '', '')];
    expect(seen([wanted('a', '101', '102')], rows)).toEqual({ a: 'y' });
    expect(seen([wanted('a', '102', '101')], rows)).toEqual({ a: 'y' });
    expect(seen([wanted('a', '101', '104')], rows)).toEqual({ a: 'absent' });
  });

  it('is known by the digits that were really dialled as well', () => {
    const second = new Set(['2125551234', '92125551234']);
    expect(seen([wanted('a', '101', '', { second })], [row('x', '101', '92125551234')])).toEqual({ a: 'x' });
  });

  it('is none that is older than its order, but for the rounding of seconds', () => {
    expect(seen([wanted('a', '101', '102')], [row('x', '101', '102', 9)])).toEqual({ a: 'absent' });
    expect(seen([wanted('a', '101', '102')], [row('x', '101', '102', 8)])).toEqual({ a: 'x' });
    const both = [row('old', '101', '102', 500), row('new', '101', '102', 4)];
    expect(seen([wanted('a', '101', '102')], both)).toEqual({ a: 'new' });
  });

  it('is not guessed where two could be it', () => {
    const rows = [row('x', '101', '102', 4), row('y', '102', '101', 3)];
    expect(seen([wanted('a', '101', '102')], rows)).toEqual({ a: 'not_told_apart' });
    expect(seen([wanted('a', '101', '102'), wanted('b', '101', '102')], rows)).toEqual({
      a: 'not_told_apart',
      b: 'not_told_apart',
    });
    expect(seen([wanted('a', '101', '102'), wanted('b', '101', '102')], rows.slice(1))).toEqual({
      a: 'not_told_apart',
      b: 'not_told_apart',
    });
  });

  it('stays the row that it was, whatever else comes between the same numbers', () => {
    const before = row('x', '101', '102');
    const later = wanted('b', '101', '102', { orderedMs: NOW_MS });
    const rows = [row('x', '101', '102', 60), row('y', '101', '102')];
    expect(seen([wanted('a', '101', '102', { row: before }), later], rows)).toEqual({ a: 'x', b: 'y' });
  });

  it('has ended when its row is gone, though another call of the same two has begun', () => {
    const before = row('x', '101', '102', 0, '09:59:00');
    const next = row('y', '101', '102', 1, '10:00:00');
    expect(seen([wanted('a', '101', '102', { row: before })], [next])).toEqual({ a: 'absent' });
    const renamed = row('z', '101', '102', 60, '09:59:00');
    expect(seen([wanted('a', '101', '102', { row: before })], [renamed])).toEqual({ a: 'z' });
  });
});
