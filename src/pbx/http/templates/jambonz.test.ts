import { describe, expect, it } from 'vitest';
import { startHttpSandbox } from '../../sandbox/http/http-sandbox.ts';
import { CALL_ID, CHANNEL, failureOf, planOf, startClick, toldBy, written } from '../test-click.ts';

const settings = {
  account_sid: 'acc0unt',
  api_key: 'sandbox',
  application_sid: 'app',
  from: '+15550001',
  sip_realm: 'acme.sip.example.net',
};

describe('jambonz', () => {
  it('creates a call to a registered user or to a number, and tells the application whom to dial', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'jambonz' }), {
      ...settings,
      follow_calls: false,
    });
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

  it.each([
    ['101', ['first answered', 'ended']],
    ['486', ['first ended busy 486 busy', 'ended']],
    ['408', ['first ended no_answer 487 no-answer', 'ended']],
    ['603', ['first ended 603 failed', 'ended']],
    ['480', ['first ended unavailable 480 failed', 'ended']],
    ['503', ['first ended congestion 503 failed', 'ended']],
  ])('tells of the first phone what its status is: %s', async (first, told) => {
    const { pbx, session, events } = startClick(
      await startHttpSandbox({ template: 'jambonz', pace: 0.2 }),
      settings,
    );
    await session.originate({ ...planOf(first, '104'), timeoutSeconds: 5 });
    await expect.poll(() => toldBy(events).at(-1)).toBe('ended');
    const ends = toldBy(events).filter((each) => each !== 'first ringing');
    expect(ends).toEqual(told);
    expect(pbx.requests().map(written)[1]).toBe(
      'GET /v1/Accounts/acc0unt/Calls/call-1\nauthorization: Bearer sandbox',
    );
  });

  it.each(['408', '103'])('ends the call of %s, ringing or answered', async (first) => {
    const { pbx, session, events } = startClick(await startHttpSandbox({ template: 'jambonz' }), settings);
    await session.originate(planOf(first, '105'));
    await expect.poll(() => toldBy(events)).not.toEqual([]);
    await session.hangUp?.(CHANNEL);
    await expect.poll(() => toldBy(events).at(-1)).toBe('ended');
    await session.hangUp?.(CHANNEL);
    const end = (status: string) =>
      'POST /v1/Accounts/acc0unt/Calls/call-1\ncontent-type: application/json\n' +
      `authorization: Bearer sandbox\n\n{"call_status":"${status}"}`;
    expect(pbx.requests().map(written)).toEqual(expect.arrayContaining([end('no-answer'), end('completed')]));
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
