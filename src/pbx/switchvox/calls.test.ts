import { describe, expect, it } from 'vitest';
import { newCertificate } from '../../../test/certificate.ts';
import type { CallPlan } from '../../calls/call.ts';
import { startSwitchvoxSandbox } from '../sandbox/switchvox/switchvox-sandbox.ts';
import type { SwitchvoxSandboxOptions } from '../sandbox/switchvox/options.ts';
import { failure, LOGIN, planFor, sessionsWith } from './test-session.ts';

const openWith = sessionsWith(
  (options: SwitchvoxSandboxOptions, tls) =>
    startSwitchvoxSandbox({ ...LOGIN, ...options, ...(tls && { tls }) }),
  newCertificate(),
);

async function open(options: SwitchvoxSandboxOptions = {}, change: Readonly<Record<string, string>> = {}) {
  const opened = await openWith({ pace: 0.2, ...options }, { follow_calls: 'true', ...change });
  const told = (plan: CallPlan) =>
    opened.events.flatMap((event) =>
      event.type === 'call' && event.channelId === plan.channelId ? [event.fact] : [],
    );
  const types = (plan: CallPlan) => told(plan).map(({ type }) => type);
  const looks = () => opened.pbx.requests().filter((body) => body.includes('currentCalls.getList')).length;
  return { ...opened, told, types, looks };
}

describe('what is told of a call', () => {
  it.each(['as_caller', 'as_called'] as const)(
    'that both talk, with the row that says so, and that it is over; the first leg shown %s',
    async (showsFirst) => {
      const { session, events, types } = await open({ variant: { showsFirst } });
      const plan = planFor('101', '102');
      await session.originate(plan);
      await expect.poll(() => types(plan), { timeout: 10_000 }).toEqual(['connected', 'ended']);
      const frame = events.find((event) => event.type === 'call')?.frame;
      expect(frame?.data).toMatchObject({
        current_call: { state: 'talking', from_caller_id_number: '101', to_caller_id_number: '102' },
      });
    },
  );

  it('is nothing of the other calls of the box', async () => {
    const foreign = { from: '4711', to: '4712', state: 'talking', duration: 3 };
    const { session, events, types } = await open({ faults: { foreignCalls: [foreign] } });
    const plan = planFor('103', '105');
    await session.originate(plan);
    await expect.poll(() => types(plan), { timeout: 10_000 }).toEqual(['connected']);
    expect(JSON.stringify(events)).not.toContain('4711');
  });

  it('that did not come to a talk is its end, and no cause', async () => {
    const { session, told } = await open();
    const plan = planFor('408', '101');
    await session.originate({ ...plan, timeoutSeconds: 5 });
    await expect.poll(() => told(plan), { timeout: 10_000 }).toEqual([{ type: 'ended' }]);
  });

  it('that is never shown is that it can not be told', async () => {
    const { session, told } = await open();
    const plan = planFor('480', '101');
    await session.originate(plan);
    await expect
      .poll(() => told(plan), { timeout: 10_000 })
      .toEqual([{ type: 'untold', why: 'cannot_tell' }]);
  });

  it('between two who talk already is that it can not be told apart', async () => {
    const foreign = { from: '105', to: '101', state: 'talking', duration: 0 };
    const { session, told } = await open({ faults: { foreignCalls: [foreign] } });
    const plan = planFor('101', '105');
    await session.originate(plan);
    await expect
      .poll(() => told(plan), { timeout: 10_000 })
      .toEqual([{ type: 'untold', why: 'not_told_apart' }]);
    expect(await failure(session.hangUp?.(plan.channelId) ?? Promise.reject())).toMatchObject({
      code: 'pbx_cannot',
      said: expect.stringContaining('can not be told'),
    });
  });

  it('whose order was refused is nothing', async () => {
    const { session, events, looks } = await open();
    await failure(session.originate(planFor('101', '99999')));
    const asked = planFor('101', '102');
    await session.originate(asked);
    await expect.poll(looks, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(events.filter((event) => event.type === 'call' && event.channelId !== asked.channelId)).toEqual(
      [],
    );
  });
});

describe('looking', () => {
  it('is one request for all calls, and ends with the last', async () => {
    const { session, types, looks } = await open();
    const plans = ['101', '102', '106'].map((first) => planFor(first, '104'));
    await Promise.all(plans.map((plan) => session.originate(plan)));
    for (const plan of plans) await expect.poll(() => types(plan).at(-1), { timeout: 10_000 }).toBe('ended');
    const before = looks();
    // Shorter calls than three looks apart: as many looks as for one.
    expect(before).toBeLessThan(40);
    await expect.poll(() => session.lookUp(plans[0]?.channelId ?? '')).toBe('unknown');
    expect(looks()).toBe(before);
  });

  it('that fails says afterwards that something may have been missed; a call is not given up for it', async () => {
    const { pbx, session, events } = await open();
    const plan = planFor('103', '105');
    await session.originate(plan);
    await expect.poll(() => events.length, { timeout: 10_000 }).toBe(1);
    pbx.faults.html = { status: 502, methods: ['switchvox.currentCalls.getList'] };
    await expect
      .poll(() => session.lookUp(plan.channelId).catch(({ code }: { code: string }) => code))
      .toBe('pbx_protocol');
    delete pbx.faults.html;
    await expect.poll(() => events.at(-1)?.type).toBe('resumed');
    expect(await session.lookUp(plan.channelId)).toBe('alive');
  });

  it.each([{ follow_calls: 'false' }, { role: 'user', username: '101' }])(
    'is left be with %o, and no call can be ended then',
    async (change) => {
      const { session, events, looks } = await open({}, change);
      const plan = planFor('101', '104');
      await session.originate(plan);
      expect(await session.lookUp(plan.channelId)).toBe('unknown');
      expect(await failure(session.hangUp?.(plan.channelId) ?? Promise.reject())).toMatchObject({
        code: 'pbx_cannot',
        remedy: expect.stringContaining('follow_calls'),
      });
      expect(looks()).toBe(0);
      expect(events).toEqual([]);
    },
  );
});

describe('a call that we end', () => {
  it('before it is shown is ended as soon as it is', async () => {
    const { pbx, session, types } = await open({ faults: { showsLate: 120 } });
    const plan = planFor('105', '105');
    await session.originate(plan);
    await session.hangUp?.(plan.channelId);
    await expect.poll(() => pbx.calls()[0]?.state, { timeout: 10_000 }).toBe('ended');
    await expect.poll(() => types(plan).at(-1), { timeout: 10_000 }).toBe('ended');
  });

  it('after a restart is not guessed at: it is ended only where the box has none', async () => {
    const { pbx, session } = await open();
    const lost = planFor('101', '105');
    expect(await session.hangUp?.(lost.channelId)).toHaveLength(4);
    pbx.faults.foreignCalls = [{ from: '101', to: '105', state: 'talking', duration: 9 }];
    expect(await failure(session.hangUp?.(lost.channelId) ?? Promise.reject())).toMatchObject({
      code: 'pbx_cannot',
    });
  });

  it('by a login that may not is told so', async () => {
    const { pbx, session, types } = await open();
    const plan = planFor('103', '105');
    await session.originate(plan);
    await expect.poll(() => types(plan), { timeout: 10_000 }).toEqual(['connected']);
    const methods = ['switchvox.currentCalls.hangUp'];
    pbx.faults.error = { code: 97203, message: 'Permission denied.', methods };
    expect(await failure(session.hangUp?.(plan.channelId) ?? Promise.reject())).toMatchObject({
      code: 'pbx_permission_denied',
      said: '97203: Permission denied.',
    });
  });
});

describe('an order that is only explained', () => {
  it.each(['json', 'xml'])('is the request as %s, without the login; nothing rings', async (format) => {
    const { pbx, session } = await open({}, { format });
    const plan = { ...planFor('101', '105', '201'), callerIdName: 'A name that is far too long' };
    const explained = await session.explain?.(plan);
    expect(explained).toMatchObject({
      dialAs: '201',
      rights: 'account 1201',
      firstShows: '"A name that is far t" <105>',
      secondExists: true,
    });
    expect(explained?.order).toMatch(new RegExp(`^POST /${format}\ncontent-type: application/${format}\n\n`));
    expect(explained?.order).toContain('1201');
    expect(JSON.stringify(explained)).not.toContain(LOGIN.password);
    expect(pbx.calls()).toEqual([]);
  });

  it('says nothing of a number that is no extension, and fails as the order would', async () => {
    const { session } = await open();
    expect(await session.explain?.(planFor('201', '12125551234'))).not.toHaveProperty('secondExists');
    expect(await failure(session.explain?.(planFor('101', '105', '999')) ?? Promise.reject())).toMatchObject({
      code: 'dial_as_unknown',
    });
  });
});
