import { describe, expect, it } from 'vitest';
import { startHttpSandbox } from '../../sandbox/http/http-sandbox.ts';
import { failureOf, planOf, startClick, written } from '../test-click.ts';

const settings = { username: 'click2call', password: 'sandbox' };

describe('grandstream-ucm', () => {
  it('answers the challenge, and dials inside or outside', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'grandstream-ucm' }), settings);
    await session.originate(planOf('101', '105'));
    await session.originate(planOf('101', '12125551234'));
    const post = (request: string) => `POST /api\ncontent-type: application/json\n\n{"request":${request}}`;
    const cookie = '"cookie":"token-1-of-the-sandbox"';
    expect(pbx.requests().map(written)).toEqual([
      post('{"action":"challenge","user":"click2call","version":"1.0"}'),
      // MD5 of 0000001652831717sandbox
      post('{"action":"login","user":"click2call","token":"d6d6963725b054a3db6b074a91a619f3"}'),
      post(`{"action":"dialExtension","caller":"101","callee":"105",${cookie}}`),
      post(`{"action":"dialOutbound","caller":"101","outbound":"12125551234",${cookie}}`),
    ]);
  });

  it("says the UCM's own number where it gives no words", async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'grandstream-ucm' }), settings);
    expect(await failureOf(session.originate(planOf('101', '403')))).toMatchObject({
      phase: 'refused',
      code: 'pbx_permission_denied',
      said: 'status -47',
    });
    expect(await failureOf(session.originate(planOf('999', '105')))).toMatchObject({
      phase: 'refused',
      said: 'status -1',
    });
  });

  it('does not try a wrong password again at once: the UCM would lock it', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'grandstream-ucm' }), {
      ...settings,
      password: 'wrong-1',
    });
    for (let i = 0; i < 2; i++) {
      expect(await failureOf(session.originate(planOf('101', '105')))).toMatchObject({
        phase: 'before_send',
        code: 'pbx_login_refused',
        said: 'status -37',
      });
    }
    expect(pbx.requests()).toHaveLength(2);
  });

  it('logs in anew when the cookie had lapsed', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'grandstream-ucm' }), settings);
    await session.originate(planOf('101', '105'));
    pbx.expireTokens();
    await session.originate(planOf('101', '106'));
    expect(pbx.calls()).toHaveLength(2);
  });
});
