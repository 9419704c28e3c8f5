import { describe, expect, it } from 'vitest';
import { startHttpSandbox } from '../../sandbox/http/http-sandbox.ts';
import { CALL_ID, failureOf, planOf, startClick, written } from '../test-click.ts';

const settings = {
  account_sid: 'acc0unt',
  api_key: 'sandbox',
  application_sid: 'app',
  from: '+15550001',
  sip_realm: 'acme.sip.example.net',
};

describe('jambonz', () => {
  it('creates a call to a registered user or to a number, and tells the application whom to dial', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'jambonz' }), settings);
    await session.originate(planOf('101', '105'));
    await session.originate(planOf('15551234567', '105'));
    const post = (to: string) =>
      'POST /v1/Accounts/acc0unt/Calls\ncontent-type: application/json\nauthorization: Bearer sandbox\n\n' +
      `{"application_sid":"app","from":"+15550001","to":${to},"timeout":30,` +
      `"tag":{"dial_second":"105","click2call_id":"${CALL_ID}"}}`;
    expect(pbx.requests().map(written)).toEqual([
      post('{"type":"user","name":"101@acme.sip.example.net"}'),
      post('{"type":"phone","number":"15551234567"}'),
    ]);
  });

  it("says in jambonz' words why not", async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'jambonz' }), {
      ...settings,
      application_sid: 'other',
    });
    expect(await failureOf(session.originate(planOf('101', '105')))).toMatchObject({
      phase: 'refused',
      code: 'pbx_refused',
      said: 'application_sid not found other',
    });
  });

  it('shows a wrong key before a call, and refuses a dial_as that nobody would heed', async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'jambonz' }), {
      ...settings,
      api_key: 'wrong-1',
    });
    expect((await Array.fromAsync(session.examine())).at(-1)).toMatchObject({
      check: 'login',
      level: 'error',
      says: 'HTTP 401: Unauthorized',
    });
    expect(await failureOf(session.originate(planOf('101', '105', '101')))).toMatchObject({
      phase: 'before_send',
      code: 'parameter_invalid',
      said: 'dial_as is 101; the API of jambonz can not dial as an extension',
    });
  });
});
