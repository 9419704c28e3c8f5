import { describe, expect, it } from 'vitest';
import { newCertificate } from '../../../test/certificate.ts';
import type { SwitchvoxSandboxOptions, SwitchvoxVariant } from '../sandbox/switchvox/options.ts';
import { startSwitchvoxSandbox } from '../sandbox/switchvox/switchvox-sandbox.ts';
import { failure, LOGIN, planFor, sessionsWith } from './test-session.ts';

const openSession = sessionsWith(
  (options: SwitchvoxSandboxOptions, tls) =>
    startSwitchvoxSandbox({ ...LOGIN, pace: 0.05, ...(tls && { tls }), ...options }),
  newCertificate(),
);

/** What nobody could verify on a real Switchvox is taken either way. */
describe('every variant of a Switchvox', () => {
  const variants: readonly [name: string, variant: SwitchvoxVariant, settings: Record<string, string>][] = (
    ['json', 'xml'] as const
  ).flatMap((format): [string, SwitchvoxVariant, Record<string, string>][] => [
    [`${format}, Basic`, { auth: 'basic' }, { format }],
    [`${format}, Digest`, { auth: 'digest' }, { format }],
    [`${format}, both, lists as arrays`, { auth: 'both', lists: 'array' }, { format }],
    [
      `${format}, Digest without qop, oddly quoted`,
      { auth: 'digest', qop: 'none', quoting: 'odd' },
      { format },
    ],
    [`${format}, Digest oddly quoted`, { auth: 'digest', quoting: 'odd' }, { format, auth: 'digest' }],
    [`${format}, answers when the first phone did`, { replies: 'after_first_leg' }, { format }],
    [`${format}, numbers as numbers`, { numbers: 'number' }, { format }],
    [`${format}, old`, { knowsNewParameters: false, auth: 'digest' }, { format, second_timeout: 'false' }],
    [`${format}, as an extension`, { auth: 'digest' }, { format, role: 'user', username: '101' }],
  ]);

  it.each(variants)(
    '%s: takes an order, refuses one, and names a wrong dial_as',
    async (_name, variant, settings) => {
      const { pbx, session } = await openSession({ variant }, settings);
      const exchange = await session.originate(planFor('101', '102'));
      expect(exchange.at(-1)?.raw).toMatch(/dialed_second/);
      expect(pbx.calls()).toMatchObject([{ first: '101', second: '102', accountId: '1101', timeout: 25 }]);

      const refused = await failure(session.originate(planFor('101', '99999')));
      expect(refused).toMatchObject({ phase: 'refused', code: 'extension_unknown' });
      expect(refused.said).toBe('10010: Invalid extension (99999).');

      const unknown = await failure(session.originate(planFor('101', '102', '999')));
      expect(unknown).toMatchObject({ phase: 'before_send', code: 'dial_as_unknown' });
      expect(unknown.said).toContain('999');
      expect(pbx.calls()).toHaveLength(1);
    },
  );
});

describe('an order', () => {
  it('gives both legs their time, the name, the rules and the account, as the settings have them', async () => {
    const { pbx, session } = await openSession(
      {},
      { caller_id_name: 'Ring & Co', call_id_variable: 'ref', auto_answer: 'true', default_dial_as: '201' },
    );
    const plan = planFor('12125551234', '101');
    await session.originate(plan);
    expect(pbx.calls()[0]).toMatchObject({
      dialAs: '201',
      accountId: '1201',
      callerIdName: 'Ring & Co',
      timeout: 25,
      timeoutSecond: 25,
      autoAnswer: true,
      ignoresCallRules: true,
      variables: { ref: plan.channelId },
    });
  });

  it('sends what only new versions know where it is asked for, and says which setting an old one needs', async () => {
    const { pbx, session } = await openSession({ variant: { knowsNewParameters: false } });
    const error = await failure(session.originate(planFor('101', '102')));
    expect(error).toMatchObject({ phase: 'refused', said: '10013: Invalid parameter (timeout_second_call)' });
    expect(error.remedy).toContain('second_timeout');
    expect(pbx.calls()).toEqual([]);
  });

  it('keeps the numbers that were really dialled', async () => {
    const { session } = await openSession({ variant: { prefix: '9' } });
    const exchange = await session.originate(planFor('101', '12125551234', '201'));
    expect(exchange.at(-1)?.data?.['body']).toMatchObject({
      response: { result: { call_info: { dialed_first: '101', dialed_second: '912125551234' } } },
    });
    const plain = await openSession({ variant: { prefix: '9' } }, { ignore_api_settings: 'true' });
    await plain.session.originate(planFor('101', '12125551234', '201'));
    expect(plain.pbx.calls()[0]?.dialedSecond).toBe('12125551234');
  });

  it('asks for an account once, and again when the PBX says that it is wrong', async () => {
    const { pbx, session } = await openSession({});
    const lookups = () => pbx.requests().filter((body) => body.includes('getInfo')).length;
    await session.originate(planFor('101', '102'));
    await session.originate(planFor('101', '103'));
    expect(lookups()).toBe(1);
    pbx.faults.error = { code: 84_711, message: 'That account_id is invalid.', methods: ['switchvox.call'] };
    expect(await failure(session.originate(planFor('101', '102')))).toMatchObject({
      phase: 'refused',
      code: 'dial_as_unknown',
      said: '84711: That account_id is invalid.',
    });
    delete pbx.faults.error;
    await session.originate(planFor('101', '102'));
    expect(lookups()).toBe(2);
  });

  it('as an extension dials as that extension, and as no other', async () => {
    const { pbx, session } = await openSession({}, { role: 'user', username: '101' });
    await session.originate(planFor('102', '103', '101'));
    expect(pbx.calls()).toMatchObject([{ first: '102', dialAs: '101' }]);
    const error = await failure(session.originate(planFor('102', '103', '201')));
    expect(error).toMatchObject({ phase: 'before_send', code: 'dial_as_unknown' });
    expect(error.said).toContain('201');
  });

  it('is never sent again, even as a question is that got no answer', async () => {
    const { pbx, session } = await openSession({});
    pbx.faults.cutMidAnswer = ['switchvox.extensions.getInfo'];
    expect(await failure(session.originate(planFor('101', '102')))).toMatchObject({ phase: 'before_send' });
    pbx.faults.cutMidAnswer = ['switchvox.call'];
    expect(await failure(session.originate(planFor('101', '102')))).toMatchObject({ phase: 'in_doubt' });
    expect(pbx.requests().map((body) => (body.includes('getInfo') ? 'look up' : 'call'))).toEqual([
      'look up',
      'look up',
      'look up',
      'call',
    ]);
    expect(pbx.calls()).toHaveLength(1);
  });
});

describe('an answer that is none', () => {
  it.each([
    [200, 'in_doubt', 'pbx_in_doubt'],
    [302, 'refused', 'pbx_protocol'],
    [404, 'refused', 'pbx_protocol'],
    [502, 'in_doubt', 'pbx_in_doubt'],
  ] as const)('to an order, a page with HTTP %i: %s', async (status, phase, code) => {
    const { session } = await openSession({ faults: { html: { status, methods: ['switchvox.call'] } } });
    const error = await failure(session.originate(planFor('101', '102')));
    expect(error).toMatchObject({ phase, code });
    expect(error.said).toMatch(new RegExp(`^HTTP ${status} text/html.*: <!DOCTYPE html> <html>`));
  });

  it('to a look-up: nothing was sent, and the remedy names the other format', async () => {
    const { session } = await openSession({
      faults: { html: { status: 200, methods: ['switchvox.extensions.getInfo'] } },
    });
    const error = await failure(session.originate(planFor('101', '102')));
    expect(error).toMatchObject({ phase: 'before_send', code: 'pbx_protocol' });
    expect(error.remedy).toContain('set format to xml');
  });

  it('of an error without a known code: its code and text, as they are', async () => {
    const { session } = await openSession({
      faults: { error: { code: 4711, message: 'Wrong <moon>.', methods: ['switchvox.call'] } },
    });
    expect(await failure(session.originate(planFor('101', '102')))).toMatchObject({
      phase: 'refused',
      code: 'pbx_refused',
      said: '4711: Wrong <moon>.',
    });
  });
});
