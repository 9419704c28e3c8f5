import { describe, expect, it } from 'vitest';
import type { PbxDriver } from '../contract.ts';
import {
  expectReplay,
  makeCall,
  untilOver,
  untilStep,
  type FollowedCall,
  type Opened,
} from './followed-call.ts';
import { planFor, type Fate } from './test-pbx.ts';

/** Of a driver that can end its calls: that it does, wherever they are. */
export function describeHangUp(driver: PbxDriver, open: () => Promise<Opened>): void {
  const { id, capabilities } = driver.manifest;
  const { reportsEnd, reportsLegs, looksUp } = capabilities;

  async function make(opened: Opened, fate: Fate): Promise<FollowedCall> {
    const call = await makeCall(opened, fate);
    if (call === undefined) throw new Error(`The order of ${fate} was refused.`);
    return call;
  }

  describe(`${id}: a call that we end`, () => {
    it.each([
      ['as soon as the PBX has taken it', 'silentFirst', undefined, 'cancelled'],
      ['while the first phone rings', 'silentFirst', 'first ringing', 'cancelled'],
      ['while the second phone rings', 'silentSecond', 'second ringing', 'cancelled'],
      ['while both talk', 'talking', 'connected', 'answered'],
    ] as const)('%s: is over, and no side is said to have done it', async (_, fate, step, disposition) => {
      const opened = await open();
      const call = await make(opened, fate);
      if (step !== undefined && reportsLegs) await untilStep(call, step);
      const exchange = await opened.session.hangUp?.(call.channelId);
      expect(exchange?.map(({ direction }) => direction)).toContain('sent');
      await untilOver(call);
      if (looksUp) await expect.poll(() => opened.session.lookUp(call.channelId)).toBe('gone');
      expect(call.steps('hung_up')).toEqual([]);
      if (!reportsLegs) return;
      expect(call.life(true)).toMatchObject({ disposition, endedBy: 'api' });
      expectReplay(call, driver);
    });

    it('may be ended by several at once, and again, and one that never was too', async () => {
      const opened = await open();
      const { session, pbx } = opened;
      const call = await make(opened, 'talking');
      await Promise.all([session.hangUp?.(call.channelId), session.hangUp?.(call.channelId)]);
      await untilOver(call);
      await session.hangUp?.(call.channelId);
      const other = session.hangUp?.(planFor(pbx.numbers.good).channelId) ?? Promise.reject();
      if (pbx.namesCallsItself === true) await expect(other).rejects.toMatchObject({ code: 'pbx_cannot' });
      else await other;
      expect(call.steps('ended').filter((step) => step === 'ended')).toHaveLength(reportsEnd ? 1 : 0);
    });

    it('takes no other call with it', async () => {
      const opened = await open();
      const one = await make(opened, 'talking');
      const other = await make(opened, 'talking');
      if (reportsLegs) await Promise.all([untilStep(one, 'connected'), untilStep(other, 'connected')]);
      await opened.session.hangUp?.(one.channelId);
      await untilOver(one);
      if (looksUp) expect(await opened.session.lookUp(other.channelId)).toBe('alive');
      expect(await other.isOver()).toBe(false);
    });
  });
}
