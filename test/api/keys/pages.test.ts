import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallResponse } from '../../../contract/c2c-v2.ts';
import { startSandboxGateway, type SandboxGateway } from '../../gateway.ts';
import { ask } from '../v3/client.ts';
import { limitedKey } from './limited-key.ts';

const PAGE = 'https://www.example.net';
const ELSEWHERE = 'https://evil.example';
let gateway: SandboxGateway;
let key: string;
beforeAll(async () => {
  gateway = await startSandboxGateway();
  key = await limitedKey(gateway, { kind: 'publishable', allow_origin: [PAGE], allow_to: ['10x'] });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const CALL = { dial_first: '101', dial_second: '102' };
const inPage = { origin: PAGE };

describe('a key for web pages', () => {
  it('makes a call from its page, and reads that call and its events, and no other', async () => {
    const made = await ask<{ id: string }>(gateway, 'POST /v3/calls', { key, body: CALL, headers: inPage });
    expect(made.status).toBe(201);
    expect(made.headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(made.headers.get('access-control-allow-credentials')).toBeNull();
    expect(made.headers.get('vary')).toBe('Origin');
    const own = await ask(gateway, `GET /v3/calls/${made.body.id}`, { key, headers: inPage });
    expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([200, PAGE]);
    const events = await fetch(`${gateway.url}/v3/calls/${made.body.id}/events`, {
      headers: { authorization: `Bearer ${key}`, ...inPage },
    });
    expect([events.status, events.headers.get('access-control-allow-origin')]).toEqual([200, PAGE]);
    expect(await events.text()).toContain('call.ended');

    const { body: others } = await ask<{ id: string }>(gateway, 'POST /v3/calls', { body: CALL });
    for (const path of [`/v3/calls/${others.id}`, `/v3/calls/${others.id}/events`] as const)
      expect((await ask(gateway, `GET ${path}`, { key, headers: inPage })).status).toBe(404);
  });

  it('hangs up a call of its own, and no other', async () => {
    const erin = { dial_first: '105', dial_second: '105' };
    const { body: own } = await ask<{ id: string }>(gateway, 'POST /v3/calls', {
      key,
      body: erin,
      headers: inPage,
    });
    const ended = await ask(gateway, `DELETE /v3/calls/${own.id}`, { key, headers: inPage });
    expect([200, 202]).toContain(ended.status);
    expect(ended.headers.get('access-control-allow-origin')).toBe(PAGE);
    const { body: others } = await ask<{ id: string }>(gateway, 'POST /v3/calls', { body: CALL });
    expect((await ask(gateway, `DELETE /v3/calls/${others.id}`, { key, headers: inPage })).status).toBe(404);
  });

  it('does nothing else, whatever it asks for', async () => {
    const { body } = await ask<{ id: string }>(gateway, 'POST /v3/calls', {
      key,
      body: CALL,
      headers: inPage,
    });
    for (const request of [
      'GET /v3/calls',
      `GET /v3/calls/${body.id}/journal`,
      'POST /v3/calls/explain',
      'GET /v3/events',
      'GET /v3/me',
      'GET /v3/drivers',
      'GET /v3/pbxs',
      'GET /v3/keys',
      'POST /v3/keys',
      'GET /v3/webhooks',
    ] as const) {
      const refused = await ask(gateway, request, { key, headers: inPage });
      expect([request, refused.status, refused.body]).toMatchObject([
        request,
        403,
        { code: 'key_forbidden' },
      ]);
    }
    const status = await fetch(`${gateway.url}/c2c/v2/status/${body.id}?api_key=${key}`, { headers: inPage });
    expect(await status.json()).toMatchObject({
      response: { errors: [{ error: { code: 'key_forbidden' } }] },
    });
  });

  it('rings by POST alone on /c2c/v2, and is given no page with what the PBX was told', async () => {
    const ordered = gateway.pbx.calls().length;
    const send = async (method: string, more: Readonly<Record<string, string>> = {}) => {
      const query = new URLSearchParams({ ...CALL, ...more, api_key: key });
      const response = await fetch(`${gateway.url}/c2c/v2?${query}`, { method, headers: inPage });
      return (await response.json()) as CallResponse;
    };
    expect((await send('GET')).response.errors[0]?.error.code).toBe('key_forbidden');
    expect((await send('POST', { explain: '1' })).response.errors[0]?.error.code).toBe('key_forbidden');
    expect(gateway.pbx.calls()).toHaveLength(ordered);
    expect((await send('POST')).response.status).toBe('success');
    const failed = await send('POST', { dial_second: '+1555' });
    expect(failed.response.errors[0]?.error).toMatchObject({ code: 'key_limit', url: '' });
  });

  it('is told how a call stands, and no word of the PBX, its name or where it is', async () => {
    const settings = { host: '127.0.0.1', port: '1', username: 'u', secret: 'canary-pbx' };
    await gateway.addPbx('inside', settings);
    const body = { ...CALL, pbx: 'inside' };
    const failed = await ask<{ call_id: string }>(gateway, 'POST /v3/calls', { key, body, headers: inPage });
    const read = await ask(gateway, `GET /v3/calls/${failed.body.call_id}`, { key, headers: inPage });
    const events = await fetch(`${gateway.url}/v3/calls/${failed.body.call_id}/events`, {
      headers: { authorization: `Bearer ${key}`, ...inPage },
    });
    const clicked = await fetch(`${gateway.url}/c2c/v2`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json', ...inPage },
      body: JSON.stringify(body),
    });
    const unknown = await ask(gateway, 'POST /v3/calls', {
      key,
      body: { ...CALL, pbx: 'nowhere' },
      headers: inPage,
    });
    const told = [failed.body, read.body, unknown.body, await events.text(), await clicked.text()].map(
      (each) => JSON.stringify(each),
    );
    for (const text of told) expect(text).not.toMatch(/inside|127\.0\.0\.1:1\b|ECONN|pbx examine|main/);
    expect(failed).toMatchObject({ status: 502, body: { code: 'pbx_unreachable' } });
    expect(read.body).toMatchObject({
      state: 'ended',
      problem: { code: 'pbx_unreachable', remedy: '' },
      diagnosis: null,
    });
    // Its owner reads it all.
    const whole = await ask(gateway, `GET /v3/calls/${failed.body.call_id}`);
    expect(whole.body).toMatchObject({ pbx: 'inside', diagnosis: { fault: 'network' } });
  });

  it.each([ELSEWHERE, 'null', 'https://www.example.net.evil.example', 'http://www.example.net', undefined])(
    'is not taken from %s, and that page is told nothing',
    async (origin) => {
      const headers = origin === undefined ? {} : { origin };
      const refused = await ask<{ detail: string }>(gateway, 'POST /v3/calls', { key, body: CALL, headers });
      expect(refused).toMatchObject({ status: 403, body: { code: 'key_forbidden' } });
      expect(refused.body.detail).toContain(origin ?? 'without an Origin');
      expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('is taken from a page of this very server where its key names it, which sends no Origin to read', async () => {
    const here = { 'sec-fetch-site': 'same-origin' };
    const own = await limitedKey(gateway, { kind: 'publishable', allow_origin: [gateway.url] });
    const { body } = await ask<{ id: string }>(gateway, 'POST /v3/calls', {
      key: own,
      body: CALL,
      headers: { origin: gateway.url },
    });
    const read = (as: string, headers: Readonly<Record<string, string>>) =>
      ask<{ detail: string }>(gateway, `GET /v3/calls/${body.id}`, { key: as, headers });
    expect((await read(own, here)).status).toBe(200);
    expect((await read(own, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const other = await read(key, here);
    expect([other.status, other.body.detail]).toEqual([403, expect.stringContaining(gateway.url)]);
  });

  it('is not made without an origin', async () => {
    for (const body of [{ kind: 'publishable' }, { kind: 'publishable', allow_origin: ['*'] }])
      expect(await ask(gateway, 'POST /v3/keys', { body })).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'allow_origin' }] },
      });
  });
});

describe('a browser that asks beforehand', () => {
  it.each(['/c2c/v2', '/v3/calls', '/v3/calls/019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77', '/v3/calls/x/events'])(
    'is told by %s what may be sent, to this very origin, and never with cookies',
    async (path) => {
      const answer = await fetch(`${gateway.url}${path}`, {
        method: 'OPTIONS',
        headers: { origin: PAGE, 'access-control-request-method': 'POST' },
      });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE);
      expect(answer.headers.get('access-control-allow-headers')).toContain('Authorization');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    },
  );

  it('is told nothing of what is not for pages, and an ordinary key lets no page read', async () => {
    const answer = await fetch(`${gateway.url}/v3/keys`, { method: 'OPTIONS', headers: { origin: PAGE } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const read = await ask(gateway, 'GET /v3/calls', { headers: { origin: ELSEWHERE } });
    expect([read.status, read.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });
});
