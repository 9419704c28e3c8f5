import { describe, expect, it } from 'vitest';
import { newCertificate } from '../../../test/certificate.ts';
import { startHttpSandbox } from '../sandbox/http/http-sandbox.ts';
import { failureOf, planOf, startClick } from './test-click.ts';

const yeastar = { client_id: 'click2call', client_secret: 'sandbox' };

describe('the login that calls share', () => {
  it('is made once for many clicks at a time', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'yeastar-p' }), yeastar);
    await Promise.all(Array.from({ length: 20 }, () => session.originate(planOf('101', '105'))));
    expect(pbx.requests().filter(({ path }) => path.endsWith('get_token'))).toHaveLength(1);
    expect(pbx.calls()).toHaveLength(20);
  });

  it('is renewed once for an order, and not for ever', async () => {
    const { pbx, session } = startClick(
      await startHttpSandbox({ template: 'yeastar-p', faults: { knowsNoToken: true } }),
      yeastar,
    );
    expect(await failureOf(session.originate(planOf('101', '105')))).toMatchObject({
      phase: 'refused',
      code: 'pbx_login_refused',
      said: 'errcode 10004 TOKEN EXPIRED',
    });
    expect(pbx.requests()).toHaveLength(4);
    expect(pbx.calls()).toEqual([]);
  });

  it('with a PBX of another kind fails before anything is ordered', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'kazoo' }), {
      ...yeastar,
      template: 'yeastar-p',
    });
    expect(await failureOf(session.originate(planOf('101', '105')))).toMatchObject({
      phase: 'before_send',
      code: 'pbx_login_refused',
    });
    expect(pbx.calls()).toEqual([]);
  });
});

describe('an order', () => {
  it('whose answer takes too long is in doubt, and is not given again', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'fusionpbx' }), {
      api_key: 'sandbox',
      answer_seconds: 1,
    });
    expect(await failureOf(session.originate(planOf('101', '504')))).toMatchObject({
      phase: 'in_doubt',
      code: 'pbx_in_doubt',
      said: 'No answer within 1 s',
    });
    expect(pbx.calls()).toHaveLength(1);
  });

  it('can be made as the first number, and as no other where the API can not', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: '3cx' }), yeastar);
    await session.originate(planOf('101', '105', '101'));
    expect(await failureOf(session.originate(planOf('101', '105', '102')))).toMatchObject({
      phase: 'before_send',
      code: 'parameter_invalid',
      said: 'dial_as is 102; the API of 3CX V20 (Call Control API) can not dial as an extension other than dial_first (101)',
    });
    expect(pbx.calls()).toHaveLength(1);
    expect(await session.lookUp('c2c-1')).toBe('unknown');
  });
});

describe('the doctor', () => {
  it('shows the certificate, and is content when it is pinned', async () => {
    const { fingerprint, ...tls } = await newCertificate();
    const pbx = await startHttpSandbox({ template: '3cx', tls });
    const unknown = startClick(pbx, { ...yeastar, tls: true }).session;
    const findings = await Array.fromAsync(unknown.examine());
    expect(findings.map(({ check, level }) => `${check} ${level}`)).toEqual([
      'template ok',
      'reachable ok',
      'tls error',
      'certificate warning',
    ]);
    expect(findings.at(-1)?.says).toContain(fingerprint);
    const pinned = startClick(pbx, { ...yeastar, tls: true, fingerprint }).session;
    expect((await Array.fromAsync(pinned.examine('101'))).map(({ level }) => level)).not.toContain('error');
    await pinned.originate(planOf('101', '105'));
    expect(pbx.requests().map(({ path }) => path)).toEqual([
      '/connect/token',
      '/callcontrol/101',
      '/callcontrol/101/makecall',
    ]);
  });
});
