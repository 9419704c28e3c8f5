import { describe, expect, it } from 'vitest';
import { at, leg, testCall, testEntries } from '../../../src/ladder/test-call.ts';
import { asCurl } from './as-curl.ts';
import { phasesOf, reachOf } from './phases.ts';

describe('the phases of a call', () => {
  it('cover its time without a hole', () => {
    const phases = phasesOf(testCall(), 0);
    expect(phases.map(({ name, from, to }) => [name, from, to])).toEqual([
      ['To ring', 0, 0.05],
      ['First rings', 0.05, 3],
      ['Post-dial delay', 3, 3.9],
      ['Second rings', 3.9, 9],
      ['Talk', 9, 70],
    ]);
    expect(reachOf(phases)).toBeCloseTo(14.4);
  });

  it('end with the call, whatever it was at, and go on while it lives', () => {
    const legs = [leg('first', { ringing_at: at(1) }), leg('second')];
    const change = { legs, connected_at: null } as const;
    expect(phasesOf(testCall({ ...change, ended_at: at(31) }), 0).at(-1)).toMatchObject({
      name: 'First rings',
      to: 31,
      isLive: false,
    });
    const live = testCall({ ...change, ended_at: null, state: 'ringing_first', disposition: null });
    expect(phasesOf(live, Date.parse(at(5)) * 1000).at(-1)).toMatchObject({ to: 5, isLive: true });
  });
});

describe('a request as curl', () => {
  it('has a placeholder for the key, wherever it was', () => {
    const get = { method: 'GET', url: 'http://c2c.test/c2c/v2?dial_first=101&api_key=***&x=1', data: {} };
    expect(asCurl(testEntries(['request', 0, get]))).toBe(
      `curl 'http://c2c.test/c2c/v2?dial_first=101&api_key='"$C2C_KEY"'&x=1'`,
    );
    const post = { method: 'POST', url: 'http://c2c.test/v3/calls', data: { reference: "O'Hara" } };
    expect(asCurl(testEntries(['request', 0, post]))).toBe(
      String.raw`curl 'http://c2c.test/v3/calls' \
  -H "Authorization: Bearer $C2C_KEY" \
  -H 'Content-Type: application/json' \
  -d '{"reference":"O'\''Hara"}'`,
    );
  });

  it('is the command where one asked', () => {
    const command = { method: 'CLI', url: 'click2call call --first 101', data: {} };
    expect(asCurl(testEntries(['request', 0, command]))).toBe('click2call call --first 101');
    expect(asCurl([])).toBeUndefined();
  });
});
