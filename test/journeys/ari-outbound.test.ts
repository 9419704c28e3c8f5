import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { CallPlan } from '../../src/calls/call.ts';
import { createAddressGuard } from '../../src/kit/address-guard.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { newId } from '../../src/kit/ids.ts';
import { createLogger } from '../../src/kit/logger.ts';
import { asteriskAriOutbound } from '../../src/pbx/asterisk-ari-outbound/driver.ts';
import type { InboundLinks, PbxEvent, PbxSession } from '../../src/pbx/contract.ts';
import { isEndOf, PbxError } from '../../src/pbx/contract.ts';
import { readSettings } from '../../src/pbx/settings.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { comeIn, startDoor, type Door } from './ari-door.ts';
import { elapsed, onlyCall, phoneOf } from './phones.ts';

const reading = readSettings(asteriskAriOutbound.manifest, {});
const settings = reading.ok ? reading.settings : {};
const events: PbxEvent[] = [];
let door: Door;
let lab: Asterisk;
let session: PbxSession;

beforeAll(async () => {
  door = await startDoor();
  lab = await startAsterisk();
  session = openSession();
  await comeIn(lab, door);
});

afterAll(async () => {
  await session.close();
  await lab.stop();
  await door.close();
});

function openSession(inbound: InboundLinks = door.links): PbxSession {
  return asteriskAriOutbound.open(settings, {
    clock: systemClock,
    log: createLogger('fatal'),
    guard: createAddressGuard(true, []),
    emit: (event) => events.push(event),
    inbound,
  });
}

function planFor(first: string, second: string, dialAs?: string): CallPlan {
  const callId = newId();
  return { callId, channelId: `c2c-${callId}`, first, second, dialAs, timeoutSeconds: 3 };
}

async function untilQuiet(): Promise<void> {
  await expect.poll(() => lab.cli('core show channels count')).toContain('0 active channels');
  await expect.poll(async () => (await lab.cli('bridge show all')).trim().split('\n')).toHaveLength(1);
}

it('a PBX that connected to us rings both, who talk, and it is heard when they have ended', async () => {
  await using alice = await phoneOf(lab, '101');
  await using carrier = await phoneOf(lab, 'carrier', { hangUpAfterMs: 800 });
  const plan = planFor('101', '12125551234', '201');
  const exchange = await session.originate(plan);
  expect(exchange.at(-1)?.raw).toContain('"status_code":200');
  expect(await session.lookUp(plan.channelId)).toBe('alive');
  const [one, two] = [onlyCall(await alice.result()), onlyCall(await carrier.result())];
  expect(one.invite.shown).toEqual({ name: 'Call to', number: '12125551234' });
  expect(two.invite.shown).toEqual({ name: 'Boss', number: '+12125550100' });
  await untilQuiet();
  await expect.poll(() => events.some((event) => isEndOf(event, plan.channelId))).toBe(true);
});

it('a second phone that is silent is let go in time, and so is the first', async () => {
  await using first = await phoneOf(lab, '101');
  await using second = await phoneOf(lab, '102', { behaviour: 'silent' });
  await session.originate(planFor('101', '102'));
  const [one, two] = [onlyCall(await first.result()), onlyCall(await second.result())];
  expect(Math.abs(elapsed(two.ringingAt, two.cancelledAt) - 3000)).toBeLessThan(2000);
  expect(Math.abs(elapsed(two.cancelledAt, one.endedAt))).toBeLessThan(2000);
  await untilQuiet();
});

it('what the context may not call is refused before anybody rings', async () => {
  await expect(session.originate(planFor('101', '12125551234'))).rejects.toMatchObject({
    phase: 'refused',
    code: 'extension_unknown',
  });
  await untilQuiet();
});

it('cut before the first phone answers: it waits for us, and the second rings when the PBX has connected again', async () => {
  await using first = await phoneOf(lab, '101', { answerAfterMs: 500 });
  await using second = await phoneOf(lab, '102', { hangUpAfterMs: 300 });
  await session.originate(planFor('101', '102'));
  await first.rang();
  door.shut();
  await expect.poll(async () => (await first.report()).answered).toBe(1);
  door.reopen();
  const [one, two] = [onlyCall(await first.result()), onlyCall(await second.result())];
  expect(elapsed(one.answeredAt, two.invite.at)).toBeGreaterThanOrEqual(0);
  await untilQuiet();
});

it('cut while both talk: they go on, the PBX connects again, and their end is seen to', async () => {
  await using first = await phoneOf(lab, '101');
  await using second = await phoneOf(lab, '102', { hangUpAfterMs: 5000 });
  await session.originate(planFor('101', '102'));
  await expect.poll(async () => (await second.report()).answered).toBe(1);
  for (const socket of door.open()) socket.terminate();
  await expect.poll(() => events.some(({ type }) => type === 'resumed'), { timeout: 10_000 }).toBe(true);
  const [one, two] = [onlyCall(await first.result()), onlyCall(await second.result())];
  expect(elapsed(two.answeredAt, one.endedAt)).toBeGreaterThanOrEqual(4900);
  expect(Math.abs(elapsed(one.endedAt, two.endedAt))).toBeLessThan(2000);
  await untilQuiet();
});

it('a click while no connection is up is a clear error at once', async () => {
  const alone = openSession({ listen: () => () => undefined });
  onTestFinished(() => alone.close());
  const startedAt = Date.now();
  const error = await alone.originate(planFor('101', '102')).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PbxError);
  expect(error).toMatchObject({ phase: 'before_send', code: 'pbx_unreachable' });
  expect(Date.now() - startedAt).toBeLessThan(2000);
});

it('the doctor finds it good', async () => {
  const findings = await Array.fromAsync(session.examine('101'));
  expect(findings.filter(({ level, check }) => level !== 'ok' && check !== 'phone')).toEqual([]);
});
