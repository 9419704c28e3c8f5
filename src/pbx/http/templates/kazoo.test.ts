import { describe, expect, it } from 'vitest';
import { startHttpSandbox } from '../../sandbox/http/http-sandbox.ts';
import { CALL_ID, CHANNEL, failureOf, planOf, startClick, written } from '../test-click.ts';

const settings = { account_id: 'acc0unt', api_key: 'sandbox', users: '101=user101,102=user102' };

describe('kazoo', () => {
  it("asks for a token, and makes a quickcall of the first number's user", async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'kazoo' }), settings);
    const exchange = await session.originate(planOf('101', '105'));
    expect(pbx.requests().map(written)).toEqual([
      'PUT /v2/api_auth\ncontent-type: application/json\n\n{"data":{"api_key":"sandbox"}}',
      'POST /v2/accounts/acc0unt/users/user101/quickcall/105\ncontent-type: application/json\n' +
        'x-auth-token: token-1-of-the-sandbox\n\n' +
        `{"data":{"timeout":30,"auto_answer":false,"custom_application_vars":{"click2call_id":"${CALL_ID}"}}}`,
    ]);
    expect(JSON.stringify(exchange), 'Kazoo repeats the token in its answer').not.toContain('token-1');
  });

  it('ends the channel by a metaflow, where Konami Pro runs, and shows the name to the first phone', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'kazoo' }), {
      ...settings,
      konami: true,
    });
    await session.originate({ ...planOf('101', '105'), callerIdName: 'Miller' });
    await session.hangUp?.(CHANNEL);
    await session.hangUp?.(CHANNEL);
    const end =
      'PUT /v2/accounts/acc0unt/channels/call-1-quickcall\ncontent-type: application/json\n' +
      'x-auth-token: token-1-of-the-sandbox\n\n{"action":"metaflow","data":{"data":{"module":"hangup"}}}';
    expect(pbx.requests().map(written).slice(1)).toEqual([
      expect.stringContaining('"cid-name":"Miller"'),
      end,
      end,
    ]);
    await expect.poll(() => pbx.calls()).toMatchObject([{ state: 'ended' }]);
  });

  it('ends none where it does not run', async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'kazoo' }), settings);
    expect(session).toHaveProperty('hangUp', undefined);
  });

  it("says in Kazoo's words why not", async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'kazoo' }), settings);
    expect(await failureOf(session.originate(planOf('101', '99999')))).toMatchObject({
      phase: 'refused',
      code: 'pbx_refused',
      said: 'quickcall initiation failed DESTINATION_OUT_OF_ORDER',
      remedy: 'No phone of the first number is registered: check it.',
    });
  });

  it('names a first number that the settings do not know, and asks the PBX for nothing', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'kazoo' }), settings);
    expect(await failureOf(session.originate(planOf('103', '105')))).toMatchObject({
      phase: 'before_send',
      code: 'dial_as_unknown',
      said: 'dial_first: the setting users has no row for 103',
    });
    expect(pbx.calls()).toEqual([]);
  });
});
