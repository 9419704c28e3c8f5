import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import { startSandboxGateway, type SandboxGateway } from '../gateway.ts';
import { revokeKey } from '../../src/access/keys.ts';

let gateway: SandboxGateway;
beforeAll(async () => {
  gateway = await startSandboxGateway({ C2C_REPEAT_WINDOW_MS: '0', C2C_SERVER_ID: 'mia-216' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

let callsBefore: number;
beforeEach(() => {
  callsBefore = gateway.pbx.calls().length;
});

/** The calls that the PBX saw since the test began. */
function newCalls() {
  return gateway.pbx.calls().slice(callsBefore);
}

async function send(path: string, init: RequestInit = {}): Promise<{ headers: Headers; body: CallResponse }> {
  const response = await fetch(`${gateway.url}${path}`, init);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  return { headers: response.headers, body: (await response.json()) as CallResponse };
}

function codes({ response }: CallResponse): string[] {
  return response.errors.map(({ error }) => error.code);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const PAIR = 'dial_first=101&dial_second=102';

describe('a good request', () => {
  it('makes a call and answers in the documented form', async () => {
    const { body } = await send(`/c2c/v2?${PAIR}&api_key=${gateway.key}`);
    expect(body).toEqual({
      response: {
        request_id: expect.stringMatching(UUID),
        status: 'success',
        errors: [],
        call: expect.objectContaining({ id: body.response.request_id, disposition: null }),
      },
      method: 'asterisk.call',
      server_id: 'mia-216',
    });
    expect(newCalls()).toMatchObject([
      { first: '101', second: '102', channelId: `c2c-${body.response.request_id}` },
    ]);
  });

  it.each([
    ['in the query', {}, true],
    ['as a bearer token', { authorization: 'Bearer KEY' }, false],
    ['as X-Api-Key', { 'x-api-key': 'KEY' }, false],
  ] as const)('may bring its key %s', async (_how, headers, inQuery) => {
    const filled = Object.entries(headers).map(([name, value]): [string, string] => [
      name,
      value.replace('KEY', gateway.key),
    ]);
    const { body } = await send(`/c2c/v2?${PAIR}${inQuery ? `&api_key=${gateway.key}` : ''}`, {
      headers: filled,
    });
    expect(body.response.status).toBe('success');
  });

  it.each([
    ['application/json', () => JSON.stringify({ dial_first: 101, dial_second: '102', api_key: gateway.key })],
    [
      'application/json; charset=utf-8',
      () => JSON.stringify({ dial_first: '101', dial_second: '102', api_key: gateway.key }),
    ],
    ['application/x-www-form-urlencoded', () => `${PAIR}&api_key=${gateway.key}`],
  ])('may come as a POST of %s', async (type, body) => {
    const sent = await send('/c2c/v2', { method: 'POST', body: body(), headers: { 'content-type': type } });
    expect(sent.body.response.status).toBe('success');
    expect(newCalls()).toMatchObject([{ first: '101', second: '102' }]);
  });

  it.each([
    ['+1 (212) 555-1234', '+12125551234'],
    ['tel:+1-212-555-1234', '+12125551234'],
    ['\u0661\u0660\u0662', '102'],
  ])('dials %s as people write it', async (typed, dialled) => {
    const answer = await gateway.click({ dial_first: '101', dial_second: typed });
    const status = await gateway.status(answer.response.request_id);
    expect(status.c2c_status.pbx_request.pbx_data).toMatchObject({ Exten: dialled });
  });

  it('passes the timeout on to both legs', async () => {
    const answer = await gateway.click({ dial_first: '101', dial_second: '102', timeout: '17' });
    const status = await gateway.status(answer.response.request_id);
    expect(status.c2c_status.pbx_request.pbx_data).toMatchObject({
      Timeout: '17000',
      Data: expect.stringMatching(/^Local\/102@internal\/n,17,/),
    });
  });

  it('takes a plus at the beginning of a number in a URL for a plus', async () => {
    const { body } = await send(
      `/c2c/v2?dial_first=101&dial_second=+1212%20555%201234&api_key=${gateway.key}`,
    );
    const status = await gateway.status(body.response.request_id);
    expect(status.c2c_status.pbx_request.pbx_data).toMatchObject({ Exten: '+12125551234' });
  });

  it.each(['dail_as', 'dial_as'])('dials as another with %s', async (name) => {
    const answer = await gateway.click({ dial_first: '101', dial_second: '12125551234', [name]: '201' });
    expect(answer.response.status).toBe('success');
    expect(newCalls()).toMatchObject([{ context: 'longdistance' }]);
  });
});

describe('whatever goes wrong, the answer is 200 with JSON and no phone rings', () => {
  it.each<[query: string, codes: string[]]>([
    ['dial_second=102', ['parameter_missing']],
    ['dial_first=&dial_second=102', ['parameter_invalid']],
    [`${PAIR}&timeout=0`, ['parameter_invalid']],
    [`${PAIR}&timeout=-1`, ['parameter_invalid']],
    [`${PAIR}&timeout=1e3`, ['parameter_invalid']],
    [`${PAIR}&timeout=999999999999`, ['parameter_invalid']],
    [`${PAIR}&dial_as=201&dail_as=202`, ['dial_as_conflict']],
    [`${PAIR}&dial_frist=1&dial_first=102`, ['parameter_repeated', 'parameter_unknown']],
    [`${PAIR}&pbx=switchvox`, ['pbx_unknown']],
    [`dial_first=101&dial_second=${'1'.repeat(10_000)}`, ['parameter_invalid']],
    ...[
      '%0d%0aAction:%20Command',
      '%00',
      '%09',
      '&',
      '@',
      '/',
      ',',
      '|',
      ';',
      '^',
      '${EXTEN}',
      '{}',
      '%26',
      '"',
      '\\',
      '<b>',
    ].map((hostile): [string, string[]] => [
      `dial_first=101&dial_second=10${hostile}1`,
      hostile === '&' ? ['parameter_unknown'] : ['parameter_invalid'],
    ]),
    [`${PAIR}&dial_as=1@longdistance`, ['parameter_invalid']],
  ])('%s', async (query, expected) => {
    const { body } = await send(`/c2c/v2?api_key=${gateway.key}&${query}`);
    expect(body.response.status).toBe('fail');
    expect(codes(body).sort()).toEqual([...expected].sort());
    expect(newCalls()).toEqual([]);
    for (const { error } of body.response.errors) {
      expect(error.message.length).toBeLessThan(400);
      expect(error.url).toContain(body.response.request_id);
    }
  });

  it.each([
    ['application/json', '{', 'body_invalid'],
    ['application/json', '[]', 'body_invalid'],
    ['application/json', '{"dial_first":["101"],"dial_second":"102"}', 'body_invalid'],
    ['text/plain', 'dial_first=101', 'media_type_unsupported'],
    ['application/json', `{"dial_first":"101","x":"${'x'.repeat(70_000)}"}`, 'body_too_large'],
  ])('a body of %s: %.40s', async (type, text, code) => {
    const headers = { 'content-type': type, 'x-api-key': gateway.key };
    const { body } = await send('/c2c/v2', { method: 'POST', body: text, headers });
    expect(codes(body)).toEqual([code]);
    expect(newCalls()).toEqual([]);
    const history = await gateway.status(body.response.request_id);
    expect(history.c2c_status.request.http_method).toBe('POST');
  });

  it.each([
    ['/c2c', 'not_found'],
    ['/c2c/v1', 'not_found'],
    ['/c2c/v2/nothing/here', 'not_found'],
    ['/c2c/%zz', 'not_found'],
  ])('the path %s', async (path, code) => {
    expect(codes((await send(path)).body)).toEqual([code]);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('the method %s', async (method) => {
    expect(codes((await send(`/c2c/v2?${PAIR}&api_key=${gateway.key}`, { method })).body)).toEqual([
      'method_not_allowed',
    ]);
    expect(newCalls()).toEqual([]);
  });

  it('a fault of ours: a store that is gone', async () => {
    await using broken = await startSandboxGateway();
    await broken.parts.store.close();
    const answer = await broken.click({ dial_first: '101', dial_second: '102' });
    expect(answer.response.status).toBe('fail');
    expect(codes(answer)).toEqual(['server_busy']);
    expect(broken.pbx.calls()).toEqual([]);
  });
});

describe('keys', () => {
  it('unknown, malformed, revoked, missing and contradictory ones get one and the same answer', async () => {
    const revoked = await gateway.addAccount('Gone');
    const [record] = await gateway.parts.store.keys.keysOf(revoked.account.id);
    if (record === undefined) throw new Error('The account has a key.');
    await revokeKey(gateway.parts.store.keys, gateway.parts.clock, record);
    const unknown = gateway.key.replace(/.{4}$/, '0000');
    const answers = await Promise.all(
      [
        `&api_key=${unknown}`,
        '&api_key=x',
        `&api_key=${revoked.key}`,
        '',
        `&api_key=${gateway.key}&api_key=${revoked.key}`,
        `&api_key=${'k'.repeat(8_000)}`,
      ].map(async (key) => (await send(`/c2c/v2?${PAIR}${key}`)).body),
    );
    for (const answer of answers) {
      expect(answer.response.request_id).toMatch(UUID);
      expect({ ...answer, response: { ...answer.response, request_id: '' } }).toEqual({
        response: {
          request_id: '',
          status: 'fail',
          errors: [{ error: { message: expect.stringContaining('API key'), url: '', code: 'key_invalid' } }],
        },
        method: 'asterisk.call',
        server_id: 'mia-216',
      });
    }
    expect(newCalls()).toEqual([]);
  });

  it('their requests are in no journal', async () => {
    const { body } = await send(`/c2c/v2?${PAIR}&api_key=${'x'.repeat(36)}`);
    expect(await gateway.parts.store.journal.callById(body.response.request_id)).toBeUndefined();
  });

  it('tell when they were used last', async () => {
    const [record] = await gateway.parts.store.keys.keysOf(gateway.account.id);
    expect(record?.lastUsedAtMicros).toBeGreaterThan(record?.createdAtMicros ?? Infinity);
  });
});

describe('what fetches a link without a click', () => {
  it.each([
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-moz': 'prefetch' },
    { 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' },
    { 'user-agent': 'WhatsApp/2.23.20.0' },
    { 'user-agent': 'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5' },
  ])('rings no phone and is told so: %j', async (headers) => {
    const { body } = await send(`/c2c/v2?${PAIR}&api_key=${gateway.key}`, { headers });
    expect(codes(body)).toEqual(['prefetch_refused']);
    expect(newCalls()).toEqual([]);
  });

  it('nor does HEAD', async () => {
    const response = await fetch(`${gateway.url}/c2c/v2?${PAIR}&api_key=${gateway.key}`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-click-2-call')).toMatch(/HEAD/);
    expect(newCalls()).toEqual([]);
  });
});
