import { describe, expect, it } from 'vitest';
import { open, planFor } from './test-session.ts';

const OLD_API = ['originate', 'uuid_exists', 'user_data', 'user_exists'];
const OLD_EVENTS = ['BACKGROUND_JOB', 'CHANNEL_CREATE', 'CHANNEL_HANGUP_COMPLETE'];

describe('what is told of a call', () => {
  it('with another phone of the extension that answers is the same, and names no phone', async () => {
    const { pbx, session, steps } = await open({}, { faults: { anotherPhoneAnswers: true } });
    const plan = planFor('101', '105');
    await session.originate(plan);
    await expect.poll(() => pbx.calls()[0]?.state).toBe('connected');
    pbx.endCalls();
    await expect.poll(() => steps(plan).at(-1)).toBe('ended');
    expect(steps(plan)).toEqual([
      'first asked',
      'first ringing',
      'first answered',
      'second asked',
      'second ringing',
      'second answered',
      'connected',
      'first ended',
      'second ended',
      'ended',
    ]);
  });

  it('with an outside first side says who hung up out there', async () => {
    const { session, steps } = await open({ default_dial_as: '201' });
    const plan = planFor('12125551234', '105');
    await session.originate(plan);
    await expect.poll(() => steps(plan).at(-1)).toBe('ended');
    expect(steps(plan).filter((step) => step.endsWith('hung_up'))).toEqual(['first hung_up']);
    expect(steps(plan).filter((step) => step.startsWith('first'))).toEqual([
      'first asked',
      'first ringing',
      'first answered',
      'first hung_up',
      'first ended',
    ]);
  });

  it('of a number that the context does not have is the end of the second leg', async () => {
    const { session, events, steps } = await open();
    const plan = planFor('101', '12125551234');
    await session.originate(plan);
    await expect.poll(() => steps(plan).at(-1)).toBe('ended');
    expect(events).toContainEqual(
      expect.objectContaining({
        fact: expect.objectContaining({
          side: 'second',
          happened: 'ended',
          cause: { q850: 3, text: 'NO_ROUTE_DESTINATION' },
        }),
      }),
    );
  });

  it('to a login of before is less, and the doctor says so', async () => {
    const { session, steps } = await open({}, { allowedApi: OLD_API, allowedEvents: OLD_EVENTS });
    const plan = planFor('101', '104');
    await session.originate(plan);
    await expect.poll(() => steps(plan).at(-1)).toBe('ended');
    expect(steps(plan)).toContain('second hung_up');
    expect(steps(plan)).not.toContain('first ringing');
    const findings = await Array.fromAsync(session.examine('101'));
    expect(findings.filter(({ level }) => level !== 'ok')).toMatchObject([
      { check: 'hang_up', level: 'warning', says: expect.stringContaining('uuid_kill') },
      { check: 'events', level: 'warning', remedy: expect.stringContaining('CHANNEL_ANSWER') },
    ]);
    await expect(session.hangUp?.(plan.channelId)).rejects.toMatchObject({
      code: 'pbx_permission_denied',
      remedy: expect.stringContaining('uuid_kill'),
    });
  });
});

describe('a call that we end', () => {
  it('before its first channel is there ends as soon as that is', async () => {
    const { pbx, session, steps } = await open({}, { faults: { beginsLate: 40_000 } });
    const plan = planFor('408', '105');
    await session.originate(plan);
    await session.hangUp?.(plan.channelId);
    expect(pbx.calls()).toEqual([]);
    await expect.poll(() => steps(plan).at(-1), { timeout: 5_000 }).toBe('ended');
    expect(pbx.calls()[0]).toMatchObject({ state: 'ended', cause: 'NORMAL_CLEARING' });
  });

  it('is ended by the channel that answered, where that is another one', async () => {
    const { pbx, session, steps } = await open({}, { faults: { anotherPhoneAnswers: true } });
    const plan = planFor('105', '105');
    await session.originate(plan);
    await expect.poll(() => pbx.calls()[0]?.state).toBe('connected');
    await session.hangUp?.(plan.channelId);
    await expect.poll(() => steps(plan).at(-1)).toBe('ended');
    expect(pbx.calls()[0]?.state).toBe('ended');
  });
});

describe('an order that is only explained', () => {
  it('is shown as it would be sent, with the rights, the phones and whether one is registered; nothing rings', async () => {
    const { pbx, session } = await open();
    const plan = { ...planFor('101', '12125551234'), dialAs: '201', callerIdName: 'Ring Alice' };
    const explained = await session.explain?.(plan);
    expect(explained).toMatchObject({
      dialAs: '201',
      rights: 'longdistance',
      firstShows: '"Ring Alice" <12125551234>',
      secondShows: '"Judy" <201>',
      firstPhone: 'registered',
    });
    expect(explained?.order).toMatch(
      /^bgapi originate '.*transfer:12125551234 XML longdistance' inline\nJob-UUID: /,
    );
    expect(explained?.exchange.map(({ raw }) => raw)).toContain('api sofia_contact 101@sandbox.test');
    expect(pbx.calls()).toEqual([]);
    await session.originate(plan);
    await expect.poll(() => pbx.calls()[0]?.firstShows).toBe('"Ring Alice" <12125551234>');
  });

  it('says that no phone is registered, and of an outside number nothing', async () => {
    const { session } = await open({ default_dial_as: '201' });
    expect(await session.explain?.(planFor('480', '105'))).toMatchObject({ firstPhone: 'unregistered' });
    expect(await session.explain?.(planFor('12125551234', '105'))).not.toHaveProperty('firstPhone');
  });

  it('fails as the order would', async () => {
    const { session } = await open();
    await expect(session.explain?.({ ...planFor('101', '105'), dialAs: '999' })).rejects.toMatchObject({
      code: 'dial_as_unknown',
    });
  });
});
