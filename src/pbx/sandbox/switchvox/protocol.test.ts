import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SwitchvoxSandboxOptions } from './options.ts';
import { startSwitchvoxSandbox } from './switchvox-sandbox.ts';

const BASIC = `Basic ${Buffer.from('click2call:sandbox').toString('base64')}`;
const AS_101 = `Basic ${Buffer.from('101:sandbox').toString('base64')}`;

async function start(options: SwitchvoxSandboxOptions = {}) {
  const pbx = await startSwitchvoxSandbox({ pace: 0.05, ...options });
  onTestFinished(() => pbx.close());
  const post = (path: string, body: string, headers: Record<string, string> = { authorization: BASIC }) =>
    fetch(`http://127.0.0.1:${pbx.port}${path}`, {
      method: 'POST',
      headers: { 'content-type': `application/${path.slice(1)}`, ...headers },
      body,
    });
  const ask = async (method: string, parameters: object, authorization = BASIC) => {
    const body = JSON.stringify({ request: { method, parameters } });
    const { response } = (await (await post('/json', body, { authorization })).json()) as {
      response: unknown;
    };
    return response;
  };
  return { pbx, post, ask };
}

const CALL = { dial_first: '101', dial_second: '105', dial_as_account_id: '1101' };

describe('the login of the sandbox', () => {
  it('asks for Basic, and takes it from the administrator and from extensions', async () => {
    const { post, ask } = await start();
    const refused = await post('/json', '{}', {});
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="Switchvox"',
    ]);
    expect(await ask('switchvox.users.getMyInfo', {}, AS_101)).toMatchObject({
      result: { extension: { number: '101', account_id: '1101' } },
    });
  });

  it('asks for Digest as RFC 2617 has it', async () => {
    const { post } = await start({ variant: { auth: 'digest' } });
    const challenge = (await post('/json', '{}', {})).headers.get('www-authenticate') ?? '';
    expect(challenge).toMatch(
      /^Digest realm="Switchvox", nonce="[^"]+", qop="auth,auth-int", algorithm=MD5$/,
    );
    const nonce = /nonce="([^"]+)"/.exec(challenge)?.[1] ?? '';
    const md5 = (text: string) => createHash('md5').update(text).digest('hex');
    const secret = md5('click2call:Switchvox:sandbox');
    const response = md5(`${secret}:${nonce}:00000001:c:auth:${md5('POST:/json')}`);
    const authorization =
      `Digest username="click2call", realm="Switchvox", nonce="${nonce}", uri="/json", ` +
      `qop=auth, nc=00000001, cnonce="c", response="${response}"`;
    expect((await post('/json', '{}', { authorization })).status).toBe(200);
    expect(
      (await post('/json', '{}', { authorization: authorization.replace(response, md5('')) })).status,
    ).toBe(401);
    expect((await post('/json', '{}')).status).toBe(401);
  });

  it('takes no other content type, and shows a page on every other path', async () => {
    const { pbx, post } = await start();
    expect((await post('/json', '{}', { authorization: BASIC, 'content-type': 'text/json' })).status).toBe(
      401,
    );
    const page = await fetch(`http://127.0.0.1:${pbx.port}/api`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('keeps administrators and extensions to their own methods', async () => {
    const { ask } = await start();
    for (const [method, login] of [
      ['switchvox.call', AS_101],
      ['switchvox.users.call', BASIC],
    ] as const)
      expect(await ask(method, CALL, login)).toMatchObject({ errors: { error: { code: '97203' } } });
  });
});

describe('the methods of the sandbox', () => {
  it('finds extensions, and leaves out those that are not there', async () => {
    const { ask } = await start();
    const one = await ask('switchvox.extensions.getInfo', { extensions: ['101', '999'] });
    expect(one).toMatchObject({ result: { extensions: { extension: { number: '101', display: 'Alice' } } } });
    expect(await ask('switchvox.extensions.getInfo', { extensions: ['999'] })).toEqual({
      method: 'switchvox.extensions.getInfo',
      result: { extensions: {} },
    });
    const range = { min_extension: '101', max_extension: '103', items_per_page: '2', page_number: '2' };
    expect(await ask('switchvox.extensions.search', range)).toMatchObject({
      result: { extensions: { total_items: '3', total_pages: '2', extension: { number: '103' } } },
    });
  });

  it('makes a call, lists it, and hangs it up', async () => {
    const { pbx, ask } = await start();
    expect(await ask('switchvox.call', CALL)).toEqual({
      method: 'switchvox.call',
      result: { call_info: { dialed_first: '101', dialed_second: '105', variables: {} } },
    });
    await expect.poll(() => pbx.calls()[0]?.state).toBe('talking');
    const [{ id } = { id: '' }] = pbx.calls();
    expect(await ask('switchvox.currentCalls.getList', {})).toMatchObject({
      result: { current_calls: { total_items: '1', current_call: { id, state: 'talking' } } },
    });
    await ask('switchvox.currentCalls.hangUp', { current_call_id: id });
    await expect.poll(() => pbx.calls()[0]).toMatchObject({ state: 'ended', rang: { first: 1, second: 1 } });
    expect(await ask('switchvox.currentCalls.getList', {})).toEqual({
      method: 'switchvox.currentCalls.getList',
      result: { current_calls: { total_items: '0' } },
    });
  });

  it('speaks XML as well', async () => {
    const { post } = await start();
    const asked = (parameters: string) =>
      post('/xml', `<request method="switchvox.call"><parameters>${parameters}</parameters></request>`);
    const dial = '<dial_first>101</dial_first><dial_second>105</dial_second>';
    const good = await asked(`${dial}<dial_as_account_id>1101</dial_as_account_id>`);
    expect(await good.text()).toBe(
      '<response method="switchvox.call"><result><call_info dialed_first="101" dialed_second="105">' +
        '<variables></variables></call_info></result></response>\n',
    );
    expect(await (await asked(dial)).text()).toBe(
      '<response method="switchvox.call"><errors><error code="10011" ' +
        'message="Missing required parameter (dial_as_account_id)"></error></errors></response>\n',
    );
  });

  it.each([
    [{ dial_second: '' }, '10011', 'Missing required parameter (dial_second)'],
    [{ dial_first: 'abc' }, '10010', 'Invalid extension (abc). Extensions may only contain digits or *.'],
    [{ dial_second: '99999' }, '10010', 'Invalid extension (99999).'],
    [{ dial_second: '12125551234' }, '10010', 'Invalid extension (12125551234).'],
    [{ caller_id_name: 'x'.repeat(21) }, '10012', `Invalid caller_id_name (${'x'.repeat(21)}).`],
    [{ dial_as_account_id: 'x' }, '10014', 'Invalid account_id (x). Account_ids may only contain digits.'],
    [{ dial_as_account_id: '4711' }, '84711', 'That account_id is invalid.'],
    [{ dial_second: '403' }, '97203', 'Permission denied.'],
  ])('refuses %j', async (change, code, message) => {
    const { pbx, ask } = await start();
    expect(await ask('switchvox.call', { ...CALL, ...change })).toEqual({
      method: 'switchvox.call',
      errors: { error: { code, message } },
    });
    expect(pbx.calls()).toEqual([]);
  });
});

describe('the numbers of the sandbox', () => {
  it.each([
    ['408', '102', { first: 1, second: 0 }],
    ['480', '102', { first: 0, second: 0 }],
    ['486', '102', { first: 1, second: 0 }],
    ['103', '486', { first: 1, second: 1 }],
    ['103', '480', { first: 1, second: 0 }],
    ['103', '410', { first: 1, second: 1 }],
  ])('end as they always do: %s to %s', async (first, second, rang) => {
    const { pbx, ask } = await start();
    await ask('switchvox.call', { ...CALL, dial_first: first, dial_second: second, timeout: '2' });
    await expect.poll(() => pbx.calls()[0]?.state).toBe('ended');
    expect(pbx.calls()[0]?.rang).toEqual(rang);
  });

  it('answer awkwardly: cut, garbled, or late', async () => {
    const { pbx, post, ask } = await start();
    const order = (second: string) =>
      post(
        '/json',
        JSON.stringify({
          request: { method: 'switchvox.call', parameters: { ...CALL, dial_second: second } },
        }),
      );
    await expect(order('444')).rejects.toThrow(/fetch failed/);
    await expect((await order('502')).json()).rejects.toThrow(SyntaxError);
    expect(pbx.calls().map((call) => call.second)).toEqual(['444']);
    const startedMs = performance.now();
    await ask('switchvox.call', { ...CALL, dial_second: '504' });
    expect(performance.now() - startedMs).toBeGreaterThan(700);
  });
});
