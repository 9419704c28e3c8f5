import { describe, expect, it } from 'vitest';
import type { Disposition, EndedBy, Side } from '../../../contract/call-words.ts';
import { meaningOf } from '../../calls/cause.ts';
import { legOf } from '../../calls/life.ts';
import type { PbxDriver } from '../contract.ts';
import { expectReplay, makeCall, untilOver, type FollowedCall, type Opened } from './followed-call.ts';
import type { Fate } from './test-pbx.ts';

/** Calls that come to nothing on one side: what is told of that side, and what that makes of the call. */
const FAILURES: readonly (readonly [fate: Fate, side: Side, meaning: Disposition, endedBy: EndedBy])[] = [
  ['busyFirst', 'first', 'busy', 'first'],
  ['busySecond', 'second', 'busy', 'second'],
  ['declinedFirst', 'first', 'declined', 'first'],
  ['declinedSecond', 'second', 'declined', 'second'],
  ['silentFirst', 'first', 'no_answer', 'pbx'],
  ['silentSecond', 'second', 'no_answer', 'pbx'],
  ['absentFirst', 'first', 'unavailable', 'pbx'],
  ['absentSecond', 'second', 'unavailable', 'pbx'],
  ['congestedFirst', 'first', 'congestion', 'pbx'],
  ['congestedSecond', 'second', 'congestion', 'pbx'],
];

/** Of a driver that tells of its calls' legs: what it tells, as far as it says that it can. */
export function describeCalls(driver: PbxDriver, open: () => Promise<Opened>): void {
  const { id, capabilities } = driver.manifest;

  async function madeToItsEnd(fate: Fate): Promise<FollowedCall | undefined> {
    const call = await makeCall(await open(), fate);
    if (call !== undefined) await untilOver(call);
    return call;
  }

  async function taken(fate: Fate): Promise<FollowedCall> {
    const call = await madeToItsEnd(fate);
    if (call === undefined) throw new Error(`The order of ${fate} was refused.`);
    return call;
  }

  describe(`${id}: what it tells of a call`, () => {
    it('that both sides answer: each thing once and in its order, until nothing is left', async () => {
      const call = await taken('secondHangsUp');
      // Several channels may be asked for one phone, each of them told.
      expect([...new Set(call.steps('asked', 'ringing', 'answered'))]).toEqual([
        'first asked',
        'first ringing',
        'first answered',
        'second asked',
        'second ringing',
        'second answered',
      ]);
      expect(call.steps('connected')).toEqual(['connected']);
      expectOneEnd(call);
      const { legs, connectedAt = 0, endedAt = 0, disposition } = call.life();
      expect(connectedAt).toBeGreaterThanOrEqual(legs[1].ringingAt ?? Infinity);
      expect(endedAt).toBeGreaterThan(connectedAt);
      expect(disposition).toBe('answered');
      expectReplay(call, driver);
    });

    it.each(FAILURES)('%s: that the %s leg came to nothing, and why', async (...failure) => {
      const [fate, side, meaning, endedBy] = failure;
      const call = await madeToItsEnd(fate);
      if (call === undefined) return;
      expect(call.steps('connected')).toEqual([]);
      expect(call.steps('answered')).toEqual(side === 'first' ? [] : ['first answered']);
      if (side === 'first') expect(call.steps('second ringing')).toEqual([]);
      expectOneEnd(call);
      expectReplay(call, driver);
      const { state, cause } = legOf(call.life(), side);
      expect(state).toBe('ended');
      if (capabilities.reportsWhoHungUp) expect(call.steps('hung_up')).toEqual([]);
      if (!capabilities.reportsCause) return;
      expect(cause?.text, 'in words of the PBX').toMatch(/\w/);
      expect(cause && meaningOf(cause)).toBe(meaning);
      expect(call.life()).toMatchObject({ disposition: meaning, endedBy });
      const isAbsent = meaning === 'unavailable';
      expect(isAbsent ? ['unregistered', undefined] : [undefined]).toContain(cause?.phone);
    });
  });

  if (!capabilities.reportsWhoHungUp) return;
  describe(`${id}: who hung up`, () => {
    it.each([
      ['firstHangsUp', 'first', 'answered'],
      ['secondHangsUp', 'second', 'answered'],
      ['firstGivesUp', 'first', 'cancelled'],
    ] as const)('%s: the %s side, and nobody else', async (fate, side, disposition) => {
      const call = await taken(fate);
      expect(call.steps('hung_up')).toEqual([`${side} hung_up`]);
      expect(call.life()).toMatchObject({ disposition, endedBy: side });
      expectReplay(call, driver);
    });
  });
}

function expectOneEnd(call: FollowedCall): void {
  expect(call.facts.filter(({ type }) => type === 'ended')).toHaveLength(1);
  expect(call.facts.at(-1)?.type, 'the last thing told').toBe('ended');
}
