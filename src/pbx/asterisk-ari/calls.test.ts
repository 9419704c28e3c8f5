import { describe, expect, it } from 'vitest';
import { isEndOf } from '../contract.ts';
import { callOf, nothingLeft, open, startPbx, stateOf } from './test-session.ts';

describe('a call', () => {
  it('rings the first, then the second, shows each the other, and ends for both with the first hang-up', async () => {
    const pbx = await startPbx();
    const { click, events, warned } = open(pbx);
    const id = await click('101', '104', { dialAs: '201' });
    await expect.poll(() => stateOf(pbx, id)).toBe('connected');
    expect(callOf(pbx, id)).toMatchObject({
      connectedLine: '"Call to" <104>',
      callerId: '"Judy" <201>',
      account: '201',
      context: 'longdistance',
      rang: { first: 1, second: 1 },
    });
    await expect.poll(() => stateOf(pbx, id)).toBe('ended');
    await nothingLeft(pbx);
    await expect.poll(() => events.filter((event) => isEndOf(event, id))).toHaveLength(1);
    expect(warned).toEqual([]);
  });

  it.each(['480', '486', '487', '503', '603', '408'])(
    'ends for the first, who had answered, when the second is %s',
    async (second) => {
      const pbx = await startPbx();
      const { click } = open(pbx);
      const id = await click('103', second, { seconds: 5 });
      await expect.poll(() => stateOf(pbx, id)).toBe('ended');
      expect(callOf(pbx, id)?.rang.second).toBeLessThanOrEqual(1);
      await nothingLeft(pbx);
    },
  );

  it('tells why the second was not reached, also where the PBX knows that only after its tone', async () => {
    const pbx = await startPbx();
    const { click, events } = open(pbx);
    pbx.faults.lateReasonMs = 1_200;
    const id = await click('103', '503');
    await expect.poll(() => stateOf(pbx, id)).toBe('ended');
    await expect
      .poll(() => events.filter((event) => event.type === 'call').map(({ fact }) => fact))
      .toContainEqual({
        type: 'leg',
        side: 'second',
        happened: 'ended',
        cause: { q850: 34, sip: 503, text: 'Circuit/channel congestion' },
      });
  });

  it.each(['486', '487', '503', '603', '408'])(
    'does not ring the second when the first is %s',
    async (first) => {
      const pbx = await startPbx();
      const { click } = open(pbx);
      const id = await click(first, '102', { seconds: 5 });
      await expect.poll(() => stateOf(pbx, id)).toBe('ended');
      expect(callOf(pbx, id)?.rang).toEqual({ first: 1, second: 0 });
      await nothingLeft(pbx);
    },
  );

  it('goes on when the link breaks in its middle, and leaves nothing behind', async () => {
    const pbx = await startPbx();
    const { click, events } = open(pbx);
    const id = await click('105', '445');
    await expect.poll(() => events.some((event) => event.type === 'resumed')).toBe(true);
    await expect.poll(() => stateOf(pbx, id)).toBe('ended');
    await nothingLeft(pbx);
  });

  it('has no end that the PBX keeps, once both talk', async () => {
    const pbx = await startPbx();
    const { click } = open(pbx);
    const id = await click('103', '103', { seconds: 2 });
    await expect.poll(() => stateOf(pbx, id)).toBe('connected');
    await expect.poll(() => pbx.standing().limited).toEqual([]);
    expect(stateOf(pbx, id)).toBe('connected');
  });

  it('may have a phone as its second leg, without the dialplan', async () => {
    const pbx = await startPbx();
    const { click } = open(pbx, { second_channel: 'PJSIP/{second}' });
    const id = await click('101', '104');
    await expect.poll(() => stateOf(pbx, id)).toBe('connected');
    const absent = await click('101', '480');
    await expect.poll(() => stateOf(pbx, absent)).toBe('ended');
  });
});

describe('a session that ends, or is cut off', () => {
  it('hears again after a cut, and sees to its calls as before', async () => {
    const pbx = await startPbx();
    const { click, events } = open(pbx);
    const id = await click('105', '101');
    await expect.poll(() => stateOf(pbx, id)).toBe('connected');
    pbx.cut();
    await expect.poll(() => events.some(({ type }) => type === 'resumed')).toBe(true);
    await nothingLeft(pbx);
    await expect.poll(() => events.some((event) => isEndOf(event, id))).toBe(true);
  });

  it('is followed by the next one, which ends what one side left meanwhile, and leaves who talks alone', async () => {
    const pbx = await startPbx();
    const before = open(pbx);
    const [left, talking] = [await before.click('105', '101'), await before.click('105', '105')];
    await expect.poll(() => [stateOf(pbx, left), stateOf(pbx, talking)]).toEqual(['connected', 'connected']);
    await before.session.close();
    await expect.poll(() => pbx.standing().channels).not.toContain(`${left}.second`);
    expect(pbx.standing().channels).toHaveLength(3);
    const after = open(pbx);
    await after.session.lookUp(left);
    await expect.poll(() => pbx.standing().bridges).toEqual([talking]);
    expect(pbx.standing().channels).toHaveLength(2);
    await expect.poll(() => after.events).toContainEqual(expect.objectContaining({ channelId: left }));
  });

  it('is followed by the next one, which takes calls that ring to their end', async () => {
    const pbx = await startPbx();
    const before = open(pbx);
    const id = await before.click('101', '408', { seconds: 20 });
    await expect.poll(() => stateOf(pbx, id)).toBe('ringing_second');
    await before.session.close();
    const after = open(pbx);
    expect(await after.session.lookUp(id)).toBe('alive');
    await expect.poll(() => stateOf(pbx, id)).toBe('ended');
    await nothingLeft(pbx);
    await expect.poll(() => after.events.some((event) => isEndOf(event, id))).toBe(true);
  });

  it('does not keep the PBX from letting go of a second phone that is silent', async () => {
    const pbx = await startPbx();
    const { click, session } = open(pbx);
    const id = await click('101', '408', { seconds: 3 });
    await expect.poll(() => stateOf(pbx, id)).toBe('ringing_second');
    await session.close();
    await expect.poll(() => pbx.standing().channels).toEqual([]);
  });
});

it('two sessions at one PBX take nothing from each other', async () => {
  const pbx = await startPbx();
  const [one, other] = [open(pbx), open(pbx)];
  await one.click('101', '104');
  await other.click('102', '104');
  await expect.poll(() => one.events.some(({ type }) => type === 'resumed')).toBe(true);
  const ids = await Promise.all([one.click('103', '104'), other.click('103', '104')]);
  await expect.poll(() => ids.map((id) => stateOf(pbx, id))).toEqual(['connected', 'connected']);
  await nothingLeft(pbx);
  await expect.poll(() => one.events.some((event) => isEndOf(event, ids[0]))).toBe(true);
  await expect.poll(() => other.events.some((event) => isEndOf(event, ids[1]))).toBe(true);
});
