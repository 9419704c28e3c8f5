import { describe, expect, it } from 'vitest';
import { startHttpSandbox } from '../../sandbox/http/http-sandbox.ts';
import { failureOf, planOf, startClick, written } from '../test-click.ts';

const settings = { client_id: 'click2call', client_secret: 'sandbox' };

describe('yeastar-p', () => {
  it('asks for a token, and dials with the permission of the extension dialled as', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'yeastar-p' }), settings);
    await session.originate(planOf('101', '12125551234', '201'));
    await session.originate(planOf('101', '105'));
    const dial = (body: string) =>
      'POST /openapi/v1.0/call/dial?access_token=token-1-of-the-sandbox\n' +
      `content-type: application/json\nuser-agent: OpenAPI\n\n${body}`;
    expect(pbx.requests().map(written)).toEqual([
      'POST /openapi/v1.0/get_token\ncontent-type: application/json\nuser-agent: OpenAPI\n\n' +
        '{"username":"click2call","password":"sandbox"}',
      dial('{"caller":"101","callee":"12125551234","dial_permission":"201","auto_answer":"no"}'),
      dial('{"caller":"101","callee":"105","auto_answer":"no"}'),
    ]);
  });

  it("says in Yeastar's words why not", async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'yeastar-p' }), settings);
    expect(await failureOf(session.originate(planOf('101', '403')))).toMatchObject({
      phase: 'refused',
      code: 'pbx_permission_denied',
      said: 'errcode 10005 ACCESS DENIED',
    });
  });

  it('logs in anew when the token had expired, and the phone rings once', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'yeastar-p' }), settings);
    await session.originate(planOf('101', '105'));
    pbx.expireTokens();
    const exchange = await session.originate(planOf('101', '106'));
    expect(pbx.calls().map(({ second }) => second)).toEqual(['105', '106']);
    expect(exchange.map(({ direction }) => direction)).toEqual(['sent', 'received', 'sent', 'received']);
    expect(exchange[1]?.raw).toContain('TOKEN EXPIRED');
    expect(JSON.stringify(exchange)).not.toMatch(/token-\d|sandbox/);
  });
});
