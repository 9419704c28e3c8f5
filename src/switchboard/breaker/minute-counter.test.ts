import { describe, expect, it } from 'vitest';
import { MinuteCounter } from './minute-counter.ts';

const MINUTE = 60_000;

describe('a minute counter', () => {
  it('counts what was within the last minute, and forgets it little by little', () => {
    const counter = new MinuteCounter();
    for (const at of [10, 20, 30, 40]) counter.add('key', at);
    expect(counter.count('key', 50)).toBe(4);
    expect(counter.count('other', 50)).toBe(0);
    expect(counter.count('key', MINUTE + MINUTE / 2)).toBe(2);
    counter.add('key', MINUTE + MINUTE / 2);
    expect(counter.count('key', MINUTE + MINUTE / 2)).toBe(3);
    expect(counter.count('key', 2 * MINUTE)).toBe(1);
    expect(counter.count('key', 3 * MINUTE)).toBe(0);
  });

  it('takes back what did not happen, of this minute alone', () => {
    const counter = new MinuteCounter();
    counter.add('key', 10);
    counter.undo('key', 20);
    counter.undo('key', 30);
    expect(counter.count('key', 40)).toBe(0);
    counter.add('key', 50);
    counter.undo('key', MINUTE);
    expect(counter.count('key', MINUTE)).toBe(1);
  });
});
