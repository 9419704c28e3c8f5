import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandboxGateway, type SandboxGateway } from '../gateway.ts';

let gateway: SandboxGateway;
beforeAll(async () => {
  gateway = await startSandboxGateway({ C2C_REPEAT_WINDOW_MS: '0' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const SECONDS = /^\d{10}$/;

describe('GET /c2c/v2/status/{request_id}', () => {
  it('gives the request as it came, what was sent to the PBX, and what came back', async () => {
    const answer = await gateway.click({ dial_first: '101', dial_second: '102' });
    const id = answer.response.request_id;
    const status = await gateway.status(id);
    expect(status).toEqual({
      c2c_status: {
        request: {
          'utc.time': expect.stringMatching(SECONDS),
          request_url: `${gateway.url}/c2c/v2?api_key=***&dial_first=101&dial_second=102`,
          http_method: 'GET',
          request_data: {},
        },
        pbx_request: {
          'utc.time': expect.stringMatching(SECONDS),
          pbx_data: expect.objectContaining({
            Action: 'Originate',
            Channel: 'PJSIP/101',
            ChannelId: `c2c-${id}`,
          }),
        },
        response: {
          'utc.time': expect.stringMatching(SECONDS),
          response_data: expect.objectContaining({
            Response: 'Success',
            Message: 'Originate successfully queued',
          }),
        },
        call: expect.objectContaining({ id, dial_first: '101', dial_second: '102' }),
      },
    });
    expect(Math.abs(Number(status.c2c_status.request['utc.time']) - Date.now() / 1000)).toBeLessThan(10);
  });

  it('gives the payload of a POST, its key masked', async () => {
    const body = JSON.stringify({ dial_first: '101', dial_second: '102', api_key: gateway.key });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${gateway.url}/c2c/v2`, { method: 'POST', body, headers });
    const { response: answer } = (await response.json()) as { response: { request_id: string } };
    expect((await gateway.status(answer.request_id)).c2c_status.request).toMatchObject({
      request_url: `${gateway.url}/c2c/v2`,
      http_method: 'POST',
      request_data: { dial_first: '101', dial_second: '102', api_key: '***' },
    });
  });

  it('tells of a request that was refused before any PBX was asked', async () => {
    const answer = await gateway.click({ dial_first: '10;1', dial_second: '102' });
    expect((await gateway.status(answer.response.request_id)).c2c_status).toMatchObject({
      request: { request_url: expect.stringContaining('dial_first=10%3B1') },
      pbx_request: { 'utc.time': '', pbx_data: {} },
      response: { 'utc.time': '', response_data: {} },
    });
  });

  it("is for the account's own key: another's request is as unknown as one that never was", async () => {
    const answer = await gateway.click({ dial_first: '101', dial_second: '102' });
    const other = await gateway.addAccount('Other');
    const [foreign, never] = await Promise.all([
      gateway.status(answer.response.request_id, other.key),
      gateway.status('00000000-0000-7000-8000-000000000000', other.key),
    ]);
    const withoutId = (body: unknown) => JSON.stringify(body).replace(/"request_id":"[^"]*"/, '');
    expect(withoutId(foreign)).toBe(withoutId(never));
    expect(foreign).toMatchObject({
      response: { status: 'fail', errors: [{ error: { code: 'not_found' } }] },
    });
    expect(await gateway.status(answer.response.request_id, 'wrong')).toMatchObject({
      response: { errors: [{ error: { code: 'key_invalid' } }] },
    });
  });
});

describe('the url of an error', () => {
  async function failedClick(): Promise<string> {
    const answer = await gateway.click({ dial_first: '101', dial_second: '99999' });
    expect(answer.response.errors[0]?.error).toMatchObject({
      message: expect.stringMatching(/^Extension does not exist\. The dialplan context internal/),
      pbx_message: 'Extension does not exist.',
      code: 'extension_unknown',
    });
    return answer.response.errors[0]?.error.url ?? '';
  }

  it('needs no key, and answers a program that takes anything with text', async () => {
    const response = await fetch(await failedClick());
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const text = await response.text();
    expect(text).toMatch(/Requested at: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/);
    expect(text).toContain('Requested: GET http://');
    expect(text).toContain('  Message: Extension does not exist.');
    expect(text).not.toContain(gateway.key);
  });

  it('answers a browser with a page without scripts, and JSON on request', async () => {
    const url = await failedClick();
    const page = await fetch(url, { headers: { accept: 'text/html,application/xhtml+xml' } });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<dd>failed</dd>');
    const json = await fetch(url, { headers: { accept: 'application/json' } });
    expect(await json.json()).toMatchObject({ c2c_status: { request: { http_method: 'GET' } } });
  });

  it('shows hostile text as text', async () => {
    const answer = await gateway.click({ dial_first: '101', dial_second: '<script>alert(1)</script>' });
    const page = await fetch(answer.response.errors[0]?.error.url ?? '', {
      headers: { accept: 'text/html' },
    });
    expect(await page.text()).not.toContain('<script');
  });

  it("can't be guessed: the token is this request's own", async () => {
    const [one, two] = await Promise.all([failedClick(), failedClick()]);
    const mixed = one.replace(/[^/]+$/, two.split('/').at(-1) ?? '');
    expect(await (await fetch(mixed)).json()).toMatchObject({
      response: { errors: [{ error: { code: 'not_found' } }] },
    });
    expect(one.split('/').at(-1)).toMatch(/^[A-Za-z0-9_-]{24}$/);
  });
});

describe('the journal', () => {
  it('keeps microseconds and the raw exchange, in order', async () => {
    const answer = await gateway.click({ dial_first: '103', dial_second: '102' });
    const all = await gateway.parts.store.journal.entriesOf(answer.response.request_id);
    // The phone may ring, and be heard of, before the order's answer is.
    const entries = all.filter(({ kind }) => kind !== 'heard' && kind !== 'event');
    expect(entries.map((entry) => entry.kind)).toEqual([
      'request',
      ...Array.from({ length: 3 }, () => 'sent'),
      ...Array.from({ length: 3 }, () => 'received'),
      'sent',
      'received',
      'answer',
    ]);
    expect(entries.some((entry) => entry.atMicros % 1000 !== 0)).toBe(true);
    expect(entries.at(-3)?.data).toMatchObject({
      raw: expect.stringContaining('Action: Originate\r\nActionID: c2c-'),
    });
  });

  it('holds no secret, whatever went wrong', async () => {
    await gateway.addPbx('locked', {
      host: gateway.pbx.host,
      port: String(gateway.pbx.port),
      username: 'c2c',
      secret: 'canary-wrong',
    });
    const headers = { authorization: `Bearer ${gateway.key}` };
    const url = `${gateway.url}/c2c/v2?dial_first=101&dial_second=102&pbx=locked&API%5fKEY=${gateway.key}&x=${gateway.key}`;
    const answers = [
      await gateway.click({ dial_first: '101', dial_second: '102', pbx: 'locked' }),
      (await (await fetch(url, { headers })).json()) as Awaited<ReturnType<typeof gateway.click>>,
    ];
    expect(answers[0]?.response.errors[0]?.error).toMatchObject({
      code: 'pbx_login_refused',
      pbx_message: 'Authentication failed',
    });
    for (const answer of answers) {
      const entries = await gateway.parts.store.journal.entriesOf(answer.response.request_id);
      const written = JSON.stringify([answer, entries]);
      for (const secret of [gateway.key, 'canary-wrong', 'canary-pbx']) expect(written).not.toContain(secret);
    }
  });
});
