import { describe, expect, it, onTestFinished } from 'vitest';
import type { CallPlan } from '../../calls/call.ts';
import { createAddressGuard } from '../../kit/address-guard.ts';
import { systemClock } from '../../kit/clock.ts';
import { createLogger } from '../../kit/logger.ts';
import { planFor } from '../conformance/test-pbx.ts';
import type { CallEvent, PbxEvent } from '../contract.ts';
import { startAmiSandbox, type SandboxOptions } from '../sandbox/ami/ami-sandbox.ts';
import { readSettings } from '../settings.ts';
import { asteriskAmi } from './driver.ts';

async function open(given: Readonly<Record<string, string>> = {}, options: SandboxOptions = {}) {
  const pbx = await startAmiSandbox({ pace: 0.05, ...options });
  const reading = readSettings(asteriskAmi.manifest, {
    host: pbx.host,
    port: String(pbx.port),
    username: 'click2call',
    secret: 'sandbox',
    ...given,
  });
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  const events: PbxEvent[] = [];
  const session = asteriskAmi.open(reading.settings, {
    clock: systemClock,
    log: createLogger('fatal'),
    guard: createAddressGuard(true, []),
    emit: (event) => events.push(event),
  });
  onTestFinished(async () => {
    await session.close();
    await pbx.close();
  });
  const told = ({ channelId }: CallPlan) =>
    events.filter((event): event is CallEvent => event.type === 'call' && event.channelId === channelId);
  const isOver = (plan: CallPlan) => told(plan).some(({ fact }) => fact.type === 'ended');
  return { pbx, session, told, isOver };
}

describe('hanging up', () => {
  it('ends a call also where the PBX has taken the order and not begun it yet', async () => {
    const { pbx, session, isOver } = await open({}, { faults: { beginsAfterMs: 2_000 } });
    const plan = planFor(['408', '105']);
    await session.originate(plan);
    const [, reply] = (await session.hangUp?.(plan.channelId)) ?? [];
    expect(reply?.raw).toContain('No such channel');
    await expect.poll(() => isOver(plan), { timeout: 3_000 }).toBe(true);
    expect(pbx.calls()[0]?.cause).toBe(16);
  });

  it('sends no text that the PBX would take for an expression over all channels', async () => {
    const { session } = await open();
    await expect(session.hangUp?.('/.*/')).rejects.toMatchObject({ said: 'Not the id of a channel.' });
  });

  it('says so where the login may not', async () => {
    const { session } = await open({ lookup: 'none', context: 'internal' }, { write: ['originate'] });
    const plan = planFor(['408', '105']);
    await session.originate(plan);
    const refusal = { code: 'pbx_permission_denied', said: 'Permission denied' };
    await expect(session.hangUp?.(plan.channelId)).rejects.toMatchObject(refusal);
  });
});

describe('a phone that never rang', () => {
  it('is told as far as the PBX says, where the login may not ask about it', async () => {
    const { session, told, isOver } = await open(
      { lookup: 'none', context: 'internal' },
      { write: ['originate'] },
    );
    const plan = planFor(['480', '105']);
    await session.originate(plan);
    await expect.poll(() => isOver(plan)).toBe(true);
    expect(told(plan).map(({ fact }) => fact)).toContainEqual({
      type: 'leg',
      side: 'first',
      happened: 'ended',
      cause: { text: 'Response: Failure, Reason: 0', means: 'unavailable' },
    });
  });
});

describe('what the first phone shows', () => {
  it.each([
    [{}, '"Call to" <105>'],
    [{ callerIdName: 'Ring "Erin"' }, '"Ring Erin" <105>'],
  ])('%j: %s', async (given, shown) => {
    const { pbx, session } = await open();
    const plan = { ...planFor(['101', '105']), ...given };
    await session.originate(plan);
    await expect.poll(() => pbx.calls()[0]?.rang.first).toBe(1);
    expect(pbx.calls()[0]).toMatchObject({ connectedLine: shown, callerId: '"Alice" <101>' });
  });

  it('is who calls, where it is an outside number', async () => {
    const { pbx, session } = await open();
    const outside = { ...planFor(['12125551234', '105']), dialAs: '201', callerIdName: 'Your taxi' };
    await session.originate(outside);
    await expect.poll(() => pbx.calls()[0]?.connectedLine).toBe('"Your taxi" <201>');
  });
});

describe('an order that is only explained', () => {
  it('is the one that would be sent, and nothing rings', async () => {
    const { pbx, session } = await open();
    const plan = { ...planFor(['101', '12125551234']), dialAs: '201' };
    const explained = await session.explain?.(plan);
    expect(pbx.calls()).toEqual([]);
    expect(explained).toMatchObject({
      dialAs: '201',
      rights: 'longdistance',
      firstShows: '"Call to" <12125551234>',
      secondShows: '"Judy" <201>',
      firstPhone: 'registered',
      secondExists: true,
    });
    expect(explained?.exchange.every(({ raw }) => !raw.startsWith('Action: Originate'))).toBe(true);
    const exchange = await session.originate(plan);
    const sent = exchange.find(({ raw }) => raw.startsWith('Action: Originate'));
    expect(explained?.order).toBe(sent?.raw);
  });

  it.each([
    ['480', '101', { firstPhone: 'unregistered', secondExists: true }],
    ['101', '12125551234', { firstPhone: 'registered', secondExists: false }],
  ] as const)('from %s to %s says what would go wrong', async (first, second, expected) => {
    const { session } = await open();
    expect(await session.explain?.(planFor([first, second]))).toMatchObject(expected);
  });

  it('says nothing of a phone where the first number is none, nor of a dialplan that is not asked', async () => {
    const { session } = await open({ second_channel: 'PJSIP/{second}', default_dial_as: '201' });
    const explained = await session.explain?.(planFor(['12125551234', '105']));
    expect(explained).not.toHaveProperty('firstPhone');
    expect(explained).not.toHaveProperty('secondExists');
  });

  it('fails as the order would', async () => {
    const { session } = await open();
    await expect(session.explain?.(planFor(['12125551234', '105']))).rejects.toMatchObject({
      code: 'dial_as_unknown',
    });
  });
});
