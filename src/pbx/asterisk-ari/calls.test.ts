import { describe, expect, it, onTestFinished } from 'vitest';
import { createAddressGuard } from '../../kit/address-guard.ts';
import { systemClock } from '../../kit/clock.ts';
import { newId } from '../../kit/ids.ts';
import type { Logger } from '../../kit/logger.ts';
import { isEndOf, type PbxEvent } from '../contract.ts';
import { startAriSandbox, type AriSandbox } from '../sandbox/ari/ari-sandbox.ts';
import { readSettings } from '../settings.ts';
import { asteriskAri } from './driver.ts';

const PACE = 0.05;

async function startPbx() {
  const pbx = await startAriSandbox({ pace: PACE });
  onTestFinished(() => pbx.close());
  return pbx;
}

function open(pbx: AriSandbox, more: Readonly<Record<string, string>> = {}) {
  const warned: unknown[] = [];
  const ignore = () => undefined;
  const log: Logger = {
    debug: ignore,
    info: ignore,
    warn: (fields) => void warned.push(fields),
    error: ignore,
    child: () => log,
  };
  const given = { host: pbx.host, port: String(pbx.port), username: 'click2call', password: 'sandbox' };
  const reading = readSettings(asteriskAri.manifest, { ...given, ...more });
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  const events: PbxEvent[] = [];
  const guard = createAddressGuard(true, []);
  const session = asteriskAri.open(reading.settings, {
    clock: systemClock,
    log,
    guard,
    emit: (event) => events.push(event),
  });
  onTestFinished(() => session.close());
  const click = async (first: string, second: string, change: { dialAs?: string; seconds?: number } = {}) => {
    const id = newId();
    const { dialAs, seconds = 30 } = change;
    const plan = { callId: id, channelId: `c2c-${id}`, first, second, dialAs, timeoutSeconds: seconds };
    await session.originate(plan);
    return plan.channelId;
  };
  return { session, events, warned, click };
}

function callOf(pbx: AriSandbox, channelId: string) {
  return pbx.calls().find((call) => call.channelId === channelId);
}

const stateOf = (pbx: AriSandbox, id: string) => callOf(pbx, id)?.state;
async function nothingLeft(pbx: AriSandbox): Promise<void> {
  await expect
    .poll(() => pbx.standing(), { timeout: 3_000 })
    .toEqual({ channels: [], bridges: [], limited: [] });
}

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
    await expect.poll(() => stateOf(pbx, id), { timeout: 3_000 }).toBe('ended');
    await nothingLeft(pbx);
    expect(events.filter((event) => isEndOf(event, id))).toEqual([
      expect.objectContaining({ channelId: id, atMicros: expect.any(Number) }),
    ]);
    expect(warned).toEqual([]);
  });

  it.each(['480', '486', '487', '503', '603', '408'])(
    'ends for the first, who had answered, when the second is %s',
    async (second) => {
      const pbx = await startPbx();
      const { click } = open(pbx);
      const id = await click('103', second, { seconds: 5 });
      await expect.poll(() => stateOf(pbx, id), { timeout: 3_000 }).toBe('ended');
      expect(callOf(pbx, id)?.rang.second).toBeLessThanOrEqual(1);
      await nothingLeft(pbx);
    },
  );

  it.each(['486', '487', '503', '603', '408'])(
    'does not ring the second when the first is %s',
    async (first) => {
      const pbx = await startPbx();
      const { click } = open(pbx);
      const id = await click(first, '102', { seconds: 5 });
      await expect.poll(() => stateOf(pbx, id), { timeout: 3_000 }).toBe('ended');
      expect(callOf(pbx, id)?.rang).toEqual({ first: 1, second: 0 });
      await nothingLeft(pbx);
    },
  );

  it('goes on when the link breaks in its middle, and leaves nothing behind', async () => {
    const pbx = await startPbx();
    const { click, events } = open(pbx);
    const id = await click('105', '445');
    await expect.poll(() => events.some((event) => event.type === 'resumed'), { timeout: 5_000 }).toBe(true);
    await expect.poll(() => stateOf(pbx, id), { timeout: 3_000 }).toBe('ended');
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
    await expect.poll(() => stateOf(pbx, absent), { timeout: 3_000 }).toBe('ended');
  });
});

describe('a session that ends, or is cut off', () => {
  it('hears again after a cut, and sees to its calls as before', async () => {
    const pbx = await startPbx();
    const { click, events } = open(pbx);
    const id = await click('105', '101');
    await expect.poll(() => stateOf(pbx, id)).toBe('connected');
    pbx.cut();
    await expect.poll(() => events.some(({ type }) => type === 'resumed'), { timeout: 3_000 }).toBe(true);
    await nothingLeft(pbx);
    expect(events.some((event) => isEndOf(event, id))).toBe(true);
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
    await expect.poll(() => stateOf(pbx, id), { timeout: 3_000 }).toBe('ended');
    await nothingLeft(pbx);
    expect(after.events.some((event) => isEndOf(event, id))).toBe(true);
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
  await expect.poll(() => one.events.some(({ type }) => type === 'resumed'), { timeout: 3_000 }).toBe(true);
  const ids = await Promise.all([one.click('103', '104'), other.click('103', '104')]);
  await expect.poll(() => ids.map((id) => stateOf(pbx, id))).toEqual(['connected', 'connected']);
  await nothingLeft(pbx);
  expect(one.events.some((event) => isEndOf(event, ids[0]))).toBe(true);
  expect(other.events.some((event) => isEndOf(event, ids[1]))).toBe(true);
});

describe('what a call costs the PBX, once it was asked who the extensions are', () => {
  const order = ['POST channels/first'];
  const join = [
    'POST bridges/first',
    'POST channels/create',
    'POST bridges/first/addChannel',
    'POST channels/second/dial',
  ];
  const talk = ['POST channels/second/variable'];
  const why = ['GET channels/first/variable', 'GET channels/first/variable'];
  const [endFirst, endSecond, endBridge] = ['first', 'second', 'bridge'].map((what) =>
    what === 'bridge' ? 'DELETE bridges/first' : `DELETE channels/${what}`,
  );

  it.each([
    ['both talk, and the second hangs up', '105', '104', [...order, ...join, ...talk, endFirst, endBridge]],
    ['both talk, and the first hangs up', '104', '105', [...order, ...join, ...talk, endSecond, endBridge]],
    ['the first is busy', '486', '105', order],
    ['the first is silent', '408', '105', order],
    ['the second is silent', '105', '408', [...order, ...join, endFirst, endBridge]],
    ['the second declines', '105', '603', [...order, ...join, ...why, endSecond, endFirst, endBridge]],
    ['the first gives up', '410', '408', [...order, ...join, endSecond, endBridge]],
  ])('%s', async (_what, first, second, requests) => {
    const pbx = await startPbx();
    const { click } = open(pbx);
    const askedOnce = await click(first, second, { seconds: 5 });
    await expect.poll(() => stateOf(pbx, askedOnce), { timeout: 3_000 }).toBe('ended');
    const id = await click(first, second, { seconds: 5 });
    await expect.poll(() => stateOf(pbx, id), { timeout: 3_000 }).toBe('ended');
    await nothingLeft(pbx);
    const from = pbx.requests().indexOf(`POST channels/${id}`);
    const asked = pbx
      .requests()
      .slice(from)
      .map((line) => line.replace(`${id}.second`, 'second').replace(id, 'first'));
    // Some go side by side: in which order they come is chance.
    expect(new Set(asked)).toEqual(new Set(requests));
    expect(asked).toHaveLength(requests.length);
  });
});

it('asks the PBX who an extension is once, however many calls there are', async () => {
  const pbx = await startPbx();
  const { session } = open(pbx);
  const plan = () => {
    const id = newId();
    const numbers = { first: '101', second: '102', dialAs: undefined, timeoutSeconds: 30 };
    return { callId: id, channelId: `c2c-${id}`, ...numbers };
  };
  const sentFor = (exchange: Awaited<ReturnType<typeof session.originate>>) =>
    exchange.filter(({ direction }) => direction === 'sent').map(({ data }) => String(data?.['line']));
  const first = sentFor(await session.originate(plan()));
  expect(first.at(0)).toBe('POST /ari/channels/create');
  expect(first).toHaveLength(7);
  expect(sentFor(await session.originate(plan()))).toHaveLength(1);
});
