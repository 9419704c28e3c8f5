import { describe, expect, it } from 'vitest';
import { startHttpSandbox } from '../../sandbox/http/http-sandbox.ts';
import { CHANNEL, failureOf, planOf, startClick, written } from '../test-click.ts';

const settings = { client_id: 'click2call', client_secret: 'sandbox' };

describe('3cx', () => {
  it('asks for a token, and makes the call from the extension', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: '3cx' }), settings);
    await session.originate(planOf('101', '105'));
    expect(pbx.requests().map(written)).toEqual([
      'POST /connect/token\ncontent-type: application/x-www-form-urlencoded\n\n' +
        'client_id=click2call&client_secret=sandbox&grant_type=client_credentials',
      'POST /callcontrol/101/makecall\ncontent-type: application/json\n' +
        'authorization: Bearer token-1-of-the-sandbox\n\n{"destination":"105"}',
    ]);
    expect(pbx.calls()).toMatchObject([{ first: '101', second: '105' }]);
  });

  it('drops the participant that the call was made with, and is content where it is gone', async () => {
    const { pbx, session, events } = startClick(await startHttpSandbox({ template: '3cx' }), settings);
    await session.originate(planOf('101', '105'));
    await session.hangUp?.(CHANNEL);
    await session.hangUp?.(CHANNEL);
    const drop =
      'POST /callcontrol/101/participants/call-1/drop\ncontent-type: application/json\n' +
      'authorization: Bearer token-1-of-the-sandbox\n\n{}';
    expect(pbx.requests().map(written).slice(2)).toEqual([drop, drop]);
    await expect.poll(() => pbx.calls()).toMatchObject([{ state: 'ended' }]);
    expect(events, 'it is not asked what became of it').toEqual([]);
  });

  it("says in 3CX's words why not", async () => {
    const { session } = startClick(await startHttpSandbox({ template: '3cx' }), settings);
    expect(await failureOf(session.originate(planOf('101', '99999')))).toMatchObject({
      phase: 'refused',
      code: 'pbx_refused',
      said: 'Failed None Destination is not reachable',
    });
  });

  it('knows an extension that is not selected for the client, also before a call', async () => {
    const { session } = startClick(await startHttpSandbox({ template: '3cx' }), settings);
    const error = await failureOf(session.originate(planOf('999', '105')));
    expect(error).toMatchObject({ phase: 'refused', code: 'pbx_permission_denied', said: 'HTTP 403' });
    const findings = await Array.fromAsync(session.examine('999'));
    expect(findings.at(-1)).toMatchObject({ check: 'extension', level: 'error', says: '999: HTTP 403' });
    expect((await Array.fromAsync(session.examine('101'))).every(({ level }) => level === 'ok')).toBe(true);
  });

  it('does not log in with a wrong secret', async () => {
    const { session } = startClick(await startHttpSandbox({ template: '3cx' }), {
      ...settings,
      client_secret: 'wrong-1',
    });
    expect(await failureOf(session.originate(planOf('101', '105')))).toMatchObject({
      phase: 'before_send',
      code: 'pbx_login_refused',
      said: 'invalid_client',
    });
  });
});
