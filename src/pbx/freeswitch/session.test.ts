import { describe, expect, it } from 'vitest';
import { newCertificate } from '../../../test/certificate.ts';
import { open, planFor } from './test-session.ts';

describe('the second leg', () => {
  it('is dialled as the first extension, with its context, rights and caller ID', async () => {
    const { session, call } = await open();
    const plan = planFor('101', '105');
    await session.originate(plan);
    await expect.poll(() => call(plan)?.state).toBe('connected');
    expect(call(plan)).toMatchObject({
      first: '101',
      second: '105',
      context: 'internal',
      firstShows: '"Call to" <105>',
      callerId: '"Alice" <101>',
      rang: { first: 1, second: 1 },
      variables: {
        accountcode: '101',
        toll_allow: 'local',
        user_context: 'internal',
        hangup_after_bridge: 'true',
      },
    });
  });

  it('is dialled as another: nothing of the first remains', async () => {
    const { session, call } = await open();
    const plan = planFor('101', '12125551234', { dialAs: '201' });
    await session.originate(plan);
    await expect.poll(() => call(plan)?.state).toBe('connected');
    expect(call(plan)).toMatchObject({
      context: 'longdistance',
      callerId: '"Judy" <201>',
      variables: { accountcode: '201', toll_allow: 'domestic,local', effective_caller_id_number: '201' },
    });
  });

  it('has no more rights than the extension dialled as: FreeSWITCH finds out when the first has answered', async () => {
    const { session, call, ended } = await open();
    const plan = planFor('101', '12125551234');
    await session.originate(plan);
    await expect.poll(() => ended(plan)).toBe(1);
    expect(call(plan)).toMatchObject({ cause: 'NO_ROUTE_DESTINATION', rang: { first: 1, second: 0 } });
  });

  it('rings as long as the order says: the PBX itself keeps the time', async () => {
    const { session, call, ended } = await open();
    const plan = planFor('103', '408', { timeoutSeconds: 5 });
    await session.originate(plan);
    await expect.poll(() => ended(plan)).toBe(1);
    expect(call(plan)).toMatchObject({ cause: 'NO_ANSWER', rang: { first: 1, second: 1 } });
  });

  it.each([
    ['number', '"101" <101>'],
    ['extension', '"101" <101>'],
  ])('shows %s as its caller ID where the settings want so', async (choice, shown) => {
    const { session, call } = await open({ caller_id: choice });
    const plan = planFor('101', '105');
    await session.originate(plan);
    await expect.poll(() => call(plan)?.callerId).toBe(shown);
  });

  it('goes through the context of the settings where there is one', async () => {
    const { session, call } = await open({ context: 'longdistance' });
    const plan = planFor('101', '12125551234');
    await session.originate(plan);
    await expect.poll(() => call(plan)?.state).toBe('connected');
  });
});

describe('a first number that is no extension', () => {
  it('is called through the dialplan of the extension dialled as, and sees who calls', async () => {
    const { session, call } = await open({ default_dial_as: '201' });
    const plan = planFor('12125551234', '105');
    await session.originate(plan);
    await expect.poll(() => call(plan)?.state).toBe('connected');
    expect(call(plan)).toMatchObject({ firstShows: '"Judy" <201>', callerId: '"Judy" <201>' });
  });

  it('is refused by the PBX where that extension may not call it', async () => {
    const { session } = await open({ default_dial_as: '101' });
    await expect(session.originate(planFor('12125551234', '105'))).rejects.toMatchObject({
      phase: 'refused',
      said: '-ERR NO_ROUTE_DESTINATION',
    });
  });
});

describe('an order', () => {
  it('that can not even be begun is refused in the words of the job, which stand in the exchange', async () => {
    const { session, call } = await open();
    const plan = planFor('480', '101');
    const error: unknown = await session.originate(plan).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      phase: 'refused',
      code: 'phone_unregistered',
      said: '-ERR USER_NOT_REGISTERED',
      remedy: expect.stringContaining('480@sandbox.test'),
      exchange: expect.arrayContaining([
        expect.objectContaining({ data: expect.objectContaining({ 'Event-Name': 'BACKGROUND_JOB' }) }),
      ]),
    });
    expect(call(plan)?.rang.first).toBe(0);
  });

  it.each(['408', '486', '603'])(
    'that %s does not answer is accepted, and its end is told',
    async (first) => {
      const { session, ended } = await open();
      const plan = planFor(first, '101', { timeoutSeconds: 5 });
      await session.originate(plan);
      await expect.poll(() => ended(plan), { timeout: 3_000 }).toBeGreaterThan(0);
    },
  );

  it('needs no wait: it is accepted as soon as its channel lives', async () => {
    const { session } = await open();
    await session.originate(planFor('101', '105'));
    const took: number[] = [];
    for (let i = 0; i < 5; i++) {
      const before = performance.now();
      await session.originate(planFor('101', '105'));
      took.push(performance.now() - before);
    }
    expect(Math.min(...took)).toBeLessThan(200);
  });

  it('asks the directory once for many', async () => {
    const { session } = await open();
    expect(await session.originate(planFor('101', '105'))).toHaveLength(18);
    expect(await session.originate(planFor('101', '105'))).toHaveLength(2);
  });
});

describe('an extension with several phones', () => {
  it('is one call, whichever phone answers: it lives and ends with that phone', async () => {
    const { pbx, session, events, ended } = await open({}, { faults: { anotherPhoneAnswers: true } });
    const plan = planFor('101', '105');
    await session.originate(plan);
    await expect.poll(() => pbx.calls()[0]?.state).toBe('connected');
    expect(ended(plan)).toBe(0);
    expect(await session.lookUp(plan.channelId)).toBe('alive');
    pbx.endCalls();
    await expect.poll(() => ended(plan)).toBe(1);
    expect(await session.lookUp(plan.channelId)).toBe('gone');
    expect(events.some((event) => event.type === 'resumed')).toBe(false);
  });
});

describe('a TLS proxy before the Event Socket', () => {
  it('is believed by its pinned certificate', async () => {
    const { key, cert, fingerprint } = await newCertificate();
    const { session } = await open({ tls: 'true', fingerprint }, { tls: { key, cert } });
    await session.originate(planFor('101', '105'));
    expect(await Array.fromAsync(session.examine('101'))).toContainEqual(
      expect.objectContaining({ check: 'tls', level: 'ok' }),
    );
  });
});

describe('a login', () => {
  it('goes by the one password where there is no user, and the doctor warns of it', async () => {
    const { session } = await open({ user: '' });
    const findings = await Array.fromAsync(session.examine('101'));
    expect(findings.filter(({ level }) => level !== 'ok').map(({ check, level }) => [check, level])).toEqual([
      ['rights', 'warning'],
    ]);
    await session.originate(planFor('101', '105'));
  });

  it('from an address in no ACL is told so, and that no password was asked for', async () => {
    const { session } = await open({}, { faults: { rudeRejection: true } });
    await expect(session.originate(planFor('101', '105'))).rejects.toMatchObject({
      phase: 'before_send',
      code: 'pbx_login_refused',
      said: 'Access Denied, go away.',
      remedy: expect.stringContaining('apply-inbound-acl'),
    });
  });

  it('that may not hear events is told which ones it needs', async () => {
    const { session } = await open({}, { allowedEvents: ['HEARTBEAT'] });
    await expect(session.originate(planFor('101', '105'))).rejects.toMatchObject({
      phase: 'before_send',
      code: 'pbx_permission_denied',
      remedy: expect.stringContaining('CHANNEL_HANGUP_COMPLETE'),
    });
  });

  it('that may not originate, or not look up, is told what it needs; the doctor says it first', async () => {
    const lookups = ['user_exists', 'user_data', 'uuid_exists'];
    const { session } = await open({}, { allowedApi: lookups });
    await expect(session.originate(planFor('101', '105'))).rejects.toMatchObject({
      phase: 'refused',
      code: 'pbx_permission_denied',
      said: '-ERR permission denied',
    });
    expect(
      (await Array.fromAsync(session.examine('101'))).find(({ level }) => level === 'error'),
    ).toMatchObject({
      check: 'rights',
      says: expect.stringContaining('originate'),
    });
  });

  it('at something else is told that it is no Event Socket', async () => {
    const { session } = await open({}, { faults: { greeting: 'SSH-2.0-OpenSSH_9.2\r\n' } });
    await expect(session.originate(planFor('101', '105'))).rejects.toMatchObject({
      phase: 'before_send',
      code: 'pbx_protocol',
      said: expect.stringContaining('SSH-2.0'),
    });
  });
});

describe('the doctor', () => {
  it('says that no phone is registered, and that the domain is another', async () => {
    const { session } = await open();
    expect((await Array.fromAsync(session.examine('480'))).at(-1)).toMatchObject({
      check: 'phone',
      level: 'warning',
      says: expect.stringContaining('error/user_not_registered'),
    });
    const other = await open({ domain: 'other.test', user: 'click2call@sandbox.test' });
    const findings = await Array.fromAsync(other.session.examine('101'));
    expect(findings.filter(({ level }) => level === 'error').map(({ check }) => check)).toEqual([
      'domain',
      'extension',
    ]);
  });
});
