import { describe, expect, it } from 'vitest';
import { startHttpSandbox } from '../../sandbox/http/http-sandbox.ts';
import { failureOf, planOf, startClick, written } from '../test-click.ts';

describe('fusionpbx', () => {
  it('asks the page for the call, with the key in its query', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'fusionpbx' }), {
      api_key: 'sandbox',
    });
    const exchange = await session.originate(planOf('101', '105', '101'));
    expect(pbx.requests().map(written)).toEqual([
      'GET /app/click_to_call/click_to_call.php?src=101&src_cid_name=Click%20to%20call&src_cid_number=105&dest=105' +
        '&dest_cid_name=&dest_cid_number=&auto_answer=false&rec=false&ringback=us-ring&key=sandbox',
    ]);
    expect(JSON.stringify(exchange)).not.toContain('sandbox');
    expect(exchange[0]?.raw).toContain('key=***');
  });

  it("says in FreeSWITCH's words why not", async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'fusionpbx' }), { api_key: 'sandbox' });
    expect(await failureOf(session.originate(planOf('101', '99999')))).toMatchObject({
      phase: 'refused',
      code: 'pbx_refused',
      said: '-ERR NO_ROUTE_DESTINATION',
    });
    expect(await failureOf(session.originate(planOf('101', '403')))).toMatchObject({
      phase: 'refused',
      code: 'pbx_permission_denied',
      said: 'HTTP 200: access denied',
    });
  });

  it('takes the way to the login page for what it is', async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'fusionpbx' }), { api_key: 'wrong-1' });
    expect(await failureOf(session.originate(planOf('101', '105')))).toMatchObject({
      code: 'pbx_login_refused',
      said: 'HTTP 302, to /?path=%2Fapp%2Fclick_to_call%2Fclick_to_call.php',
    });
    expect((await Array.fromAsync(session.examine())).at(-1)).toMatchObject({
      check: 'login',
      level: 'error',
    });
  });

  it('lets no character through that FreeSWITCH could read as more than a number', async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'fusionpbx' }), {
      api_key: 'sandbox',
    });
    const error = await failureOf(session.originate(planOf('101', "105' XML default", undefined)));
    expect(error).toMatchObject({ phase: 'before_send', code: 'parameter_invalid' });
    expect(pbx.requests()).toEqual([]);
  });
});
