import { describe, expect, it } from 'vitest';
import { newCertificate } from '../../../test/certificate.ts';
import type { SwitchvoxSandboxOptions } from '../sandbox/switchvox/options.ts';
import { startSwitchvoxSandbox } from '../sandbox/switchvox/switchvox-sandbox.ts';
import { failure, LOGIN, planFor, sessionsWith } from './test-session.ts';

const openSession = sessionsWith(
  (options: SwitchvoxSandboxOptions, tls) =>
    startSwitchvoxSandbox({ ...LOGIN, pace: 0.05, ...(tls && { tls }), ...options }),
  newCertificate(),
);

const basic = Buffer.from(`c2c:${LOGIN.password}`).toString('base64');

describe('the login', () => {
  it('sends nothing until the box asks, and then what it asked for', async () => {
    const { pbx, session } = await openSession({ variant: { auth: 'digest' } });
    await session.originate(planFor('101', '102'));
    await session.originate(planFor('101', '102'));
    expect(pbx.logins()).toEqual(['none', 'digest', 'digest', 'digest']);
  });

  it('prefers Digest where both are offered: the password stays here', async () => {
    const { pbx, session } = await openSession({ variant: { auth: 'both' } });
    await session.originate(planFor('101', '102'));
    expect(pbx.logins()).toEqual(['none', 'digest', 'digest']);
  });

  it('pinned to Digest never sends the password, whatever the box asks for', async () => {
    const { pbx, session } = await openSession({ variant: { auth: 'basic' } }, { auth: 'digest' });
    const error = await failure(session.originate(planFor('101', '102')));
    expect(error).toMatchObject({ phase: 'before_send', code: 'pbx_login_refused' });
    expect(error.remedy).toMatch(/does not offer Digest/);
    expect(pbx.logins()).toEqual(['none']);
  });

  it('never sends the password unasked for over a connection that is not encrypted', async () => {
    const { pbx, session } = await openSession({ variant: { auth: 'basic' } }, { tls: 'false' });
    const error = await failure(session.originate(planFor('101', '102')));
    expect(error.remedy).toMatch(/not sent without TLS/);
    expect(pbx.logins()).toEqual(['none']);
  });

  it('pinned to Basic sends it at once', async () => {
    const { pbx, session } = await openSession({ variant: { auth: 'both' } }, { auth: 'basic' });
    await session.originate(planFor('101', '102'));
    expect(pbx.logins()).toEqual(['basic', 'basic']);
  });

  it.each([true, false])('answers a nonce that ran out once more, said so or not: %s', async (saysStale) => {
    const { pbx, session } = await openSession({
      variant: { auth: 'digest' },
      faults: { nonceUses: 1, saysStale },
    });
    for (const second of ['102', '103', '105']) await session.originate(planFor('101', second));
    expect(pbx.calls().map((call) => call.second)).toEqual(['102', '103', '105']);
  });

  it('gives up a box whose every nonce has run out already', async () => {
    const { pbx, session } = await openSession({ variant: { auth: 'digest' }, faults: { nonceUses: 0 } });
    expect(await failure(session.originate(planFor('101', '102')))).toMatchObject({ phase: 'before_send' });
    expect(pbx.logins()).toHaveLength(3);
  });

  it.each([401, 403] as const)('refused with HTTP %i: names Access Control', async (refusal) => {
    const { session } = await openSession({ variant: { refusal } }, { password: 'wrong-4711' });
    const error = await failure(session.originate(planFor('101', '102')));
    expect(error).toMatchObject({ phase: 'before_send', code: 'pbx_login_refused' });
    expect(error.said).toMatch(new RegExp(`^HTTP ${refusal}`));
    expect(error.remedy).toContain('Access Control');
  });

  it('refused is tried once for all who wait, and not again at once', async () => {
    const { pbx, session } = await openSession({}, { password: 'wrong-4711' });
    const errors = await Promise.all(
      Array.from({ length: 9 }, (_, at) => failure(session.originate(planFor(`10${at + 1}`, '201')))),
    );
    errors.push(await failure(session.originate(planFor('101', '102'))));
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['pbx_login_refused']));
    expect(pbx.logins()).toEqual(['none', 'basic']);
  });

  it('good, and refused for one method alone: says so, and stays good', async () => {
    const { pbx, session } = await openSession({ faults: { forbid: ['switchvox.call'] } });
    const error = await failure(session.originate(planFor('101', '102')));
    expect(error).toMatchObject({ phase: 'refused', code: 'pbx_permission_denied' });
    expect(error.remedy).toContain('Access Control');
    delete pbx.faults.forbid;
    await session.originate(planFor('101', '102'));
  });

  it('stands in no frame, in no form', async () => {
    for (const auth of ['basic', 'digest'] as const) {
      const { session } = await openSession({ variant: { auth } });
      const exchange = JSON.stringify(await session.originate(planFor('101', '102')));
      expect(exchange).not.toContain(LOGIN.password);
      expect(exchange).not.toContain(basic);
      expect(exchange).toContain('authorization: ***');
    }
  });

  it('takes names and passwords in every script', async () => {
    for (const auth of ['basic', 'digest'] as const) {
      const login = { username: 'Jörg "the" Ωmega', password: 'pässwörd ✓' };
      const { pbx, session } = await openSession({ ...login, variant: { auth } }, login);
      await session.originate(planFor('101', '102'));
      expect(pbx.calls()).toHaveLength(1);
    }
  });
});
