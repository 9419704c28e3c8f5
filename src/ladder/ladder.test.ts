import { describe, expect, it } from 'vitest';
import { layOut, ROW_HEIGHT } from './lay-out.ts';
import { rowsOf } from './rows.ts';
import { at, leg, testCall, testEntries } from './test-call.ts';

const ENTRIES = testEntries(
  ['request', 0, { method: 'GET', url: '/c2c/v2' }],
  ['sent', 0.004, { raw: 'Action: Originate\r\nChannel: PJSIP/101' }],
  ['received', 0.005, { raw: 'Response: Success\r\nMessage: queued' }],
  ['answer', 0.006, { outcome: 'accepted', errors: [] }],
  ['heard', 0.05, { raw: 'Event: DialState\r\nDialStatus: RINGING' }],
  ['event', 0.05, { type: 'call.ringing_first', number: 2, state: 'ringing_first' }],
);

describe('the rows of a ladder', () => {
  it('say who said what to whom, and which entry of the journal holds it', () => {
    const rows = rowsOf(testCall(), ENTRIES);
    expect(rows[0]).toMatchObject({ text: 'asked: GET /c2c/v2', entry: 0 });
    expect(rows[1]?.arrows).toEqual([{ from: 'us', to: 'pbx', says: 'Originate PJSIP/101', entry: 1 }]);
    expect(rows[3]).toMatchObject({ text: 'answered: success', entry: 3 });
    const ringing = rows.find(({ arrows }) => arrows.some(({ says }) => says === 'rings'));
    expect(ringing?.arrows).toEqual([
      { from: 'pbx', to: 'us', says: 'DialState RINGING', entry: 4 },
      { from: 'first', to: 'pbx', says: 'rings', entry: 4 },
    ]);
  });

  it('are in the order of time', () => {
    const times = rowsOf(testCall(), ENTRIES.toReversed()).map(({ atMicros }) => atMicros);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('let a phone say why it did not answer, and the PBX where the phone said nothing', () => {
    const cause = { q850: 17, sip: 486, text: 'User busy' };
    const legs = [leg('first'), leg('second', { asked_at: at(3), ended_at: at(4), cause })];
    const end = (disposition: 'busy' | 'no_answer') =>
      rowsOf(testCall({ legs, disposition, connected_at: null }), []).at(-1)?.arrows[0];
    expect(end('busy')).toMatchObject({ from: 'second', to: 'pbx', says: 'User busy' });
    expect(end('no_answer')).toMatchObject({ from: 'pbx', to: 'second' });
  });
});

describe('a ladder that is laid out', () => {
  const call = testCall();
  const { rows, breaks, bars, height } = layOut(call, rowsOf(call, ENTRIES));

  it('keeps rows apart by their time, and at least by their own height', () => {
    const gaps = rows.slice(1).map(({ y }, index) => y - (rows[index]?.y ?? 0));
    expect(Math.min(...gaps)).toBe(ROW_HEIGHT);
    expect(height).toBeGreaterThan(rows.at(-1)?.y ?? 0);
  });

  it('cuts out where nothing happened for long, and says how long that was', () => {
    expect(breaks.map(({ seconds }) => Math.round(seconds))).toEqual([3, 5, 61]);
  });

  it('shows how long each phone rang, waited and talked', () => {
    expect(bars.map(({ lane, doing }) => `${lane} ${doing}`)).toEqual([
      'first ringing',
      'first answered',
      'first talking',
      'second ringing',
      'second talking',
    ]);
    const rowAt = (seconds: number) =>
      rows.find(({ atMicros }) => atMicros === Date.parse(at(seconds)) * 1000);
    expect(bars[0]?.y).toBe(rows.find(({ arrows }) => arrows.some(({ says }) => says === 'rings'))?.y);
    expect(bars[1]?.y).toBe(rowAt(3)?.y);
  });

  it('draws what goes on until now', () => {
    const going = testCall({
      state: 'ringing_first',
      disposition: null,
      connected_at: null,
      ended_at: null,
      legs: [leg('first', { ringing_at: at(0.05) }), leg('second')],
    });
    const drawn = layOut(going, rowsOf(going, []), Date.parse(at(2)) * 1000);
    expect(drawn.bars).toMatchObject([{ lane: 'first', doing: 'ringing', height: ROW_HEIGHT }]);
  });
});
