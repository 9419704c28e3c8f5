import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallResponse } from '../../../contract/c2c-v2.ts';
import { startSandboxGateway, type SandboxGateway } from '../../gateway.ts';
import { ask } from '../v3/client.ts';
import { expiredKey, limitedKey } from './limited-key.ts';

let gateway: SandboxGateway;
beforeAll(async () => {
  gateway = await startSandboxGateway({ C2C_TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const CALL = { dial_first: '101', dial_second: '102' };

function codes({ response }: CallResponse): (string | undefined)[] {
  return response.errors.map(({ error }) => error.code);
}

/** Both faces: the code that each refuses the call with, `placed` where it does not. */
async function bothFaces(
  key: string,
  call: Readonly<Record<string, string>> = CALL,
  headers: Readonly<Record<string, string>> = {},
): Promise<(string | undefined)[]> {
  const made = await ask<{ code?: string }>(gateway, 'POST /v3/calls', { key, body: call, headers });
  const url = `${gateway.url}/c2c/v2?${new URLSearchParams({ ...call, api_key: key })}`;
  const clicked = (await (await fetch(url, { method: 'POST', headers })).json()) as CallResponse;
  return [made.body.code ?? 'placed', codes(clicked)[0] ?? 'placed'];
}

describe('a key with limits', () => {
  it('rings whom it may, on both faces, and nobody else', async () => {
    const key = await limitedKey(gateway, {
      allow_first: ['10x'],
      allow_to: ['102', '+49*'],
      allow_as: ['101'],
    });
    expect(await bothFaces(key)).toEqual(['placed', 'placed']);
    expect(await bothFaces(key, { dial_first: '1-0 1', dial_second: '(102)' })).toEqual(['placed', 'placed']);
    for (const call of [
      { ...CALL, dial_first: '201' },
      { ...CALL, dial_second: '103' },
      { ...CALL, dial_second: '0049301234' },
      { ...CALL, dial_first: '102' },
      { ...CALL, dial_as: '201' },
    ])
      expect(await bothFaces(key, call)).toEqual(['key_limit', 'key_limit']);
  });

  it('says which limit, what came and what would be right, and its owner reads it in the journal', async () => {
    const key = await limitedKey(gateway, { allow_to: ['102', '+49*'] });
    const body = { ...CALL, dial_second: '+44 20 7946 0000' };
    const refused = await ask<{ call_id: string }>(gateway, 'POST /v3/calls', { key, body });
    const detail =
      "dial_second: this key's allow_to (102, +49*) has not +442079460000; give one that it has, or use another key.";
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'key_limit', errors: [{ field: 'dial_second', code: 'key_limit', detail }] },
    });
    const journal = await ask(gateway, `GET /v3/calls/${refused.body.call_id}/journal`);
    expect(JSON.stringify(journal.body)).toContain(JSON.stringify(detail).slice(1, -1));

    const explained = await ask(gateway, 'POST /v3/calls/explain', { key, body });
    expect(explained.body).toMatchObject({ verdict: 'refused', reasons: [{ code: 'key_limit' }] });
  });

  it('does what its scopes say, on both faces', async () => {
    const reads = await limitedKey(gateway, { scopes: ['calls:read'] });
    expect(await bothFaces(reads)).toEqual(['key_forbidden', 'key_forbidden']);
    expect((await ask(gateway, 'GET /v3/calls', { key: reads })).status).toBe(200);

    const rings = await limitedKey(gateway, { scopes: ['calls:create'] });
    const { response } = await gateway.click({ ...CALL, api_key: rings });
    expect(response.status).toBe('success');
    expect(await gateway.status(response.request_id, rings)).toMatchObject({
      response: { errors: [{ error: { code: 'key_forbidden' } }] },
    });
    expect((await ask(gateway, 'GET /v3/calls', { key: rings })).status).toBe(403);
    expect((await ask(gateway, 'POST /v3/keys', { key: rings, body: {} })).status).toBe(403);
  });

  it('is as unknown as one that never was when its time is over', async () => {
    const key = await expiredKey(gateway);
    expect(await bothFaces(key)).toEqual(['key_invalid', 'key_invalid']);
    const [expired, never] = [key, `${key.slice(0, -1)}!`].map((each) =>
      ask(gateway, 'GET /v3/me', { key: each }),
    );
    expect((await expired)?.body).toEqual((await never)?.body);
  });

  it('comes from where it may: the address behind a proxy of ours counts, and nothing that a client wrote before it', async () => {
    const key = await limitedKey(gateway, { allow_ip: ['203.0.113.0/24', '2001:db8::/32'] });
    const from = (forwarded: string) => bothFaces(key, CALL, { 'x-forwarded-for': forwarded });
    expect(await from('203.0.113.9')).toEqual(['placed', 'placed']);
    expect(await from('198.51.100.1, 2001:db8::7')).toEqual(['placed', 'placed']);
    for (const forwarded of ['198.51.100.1', '203.0.113.9, 198.51.100.1', '::1', ''])
      expect(await from(forwarded)).toEqual(['key_forbidden', 'key_forbidden']);
    const seen = await ask<{ detail: string; call_id: string }>(gateway, 'POST /v3/calls', {
      key,
      body: CALL,
      headers: { 'x-forwarded-for': '198.51.100.1' },
    });
    expect(seen.body.detail).toContain('198.51.100.1');
    expect(seen.body.detail).not.toContain('203.0.113');
    const { body } = await ask(gateway, `GET /v3/calls/${seen.body.call_id}/journal`);
    expect(JSON.stringify(body)).toContain('198.51.100.1');
    expect(await ask(gateway, 'GET /v3/me', { key })).toMatchObject({
      status: 403,
      body: { code: 'key_forbidden' },
    });
  });

  it('gives nobody a role that may do more than itself', async () => {
    const managers = await limitedKey(gateway, { scopes: ['members:manage'] });
    const numbers = await limitedKey(gateway, { allow_to: ['102'] });
    for (const key of [managers, numbers])
      for (const request of [
        'POST /v3/invitations',
        'PATCH /v3/members/019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77',
      ] as const) {
        const body = { role: 'admin', ...(request.startsWith('POST') && { email: 'thief@evil.example' }) };
        expect(await ask(gateway, request, { key, body })).toMatchObject({
          status: 403,
          body: { code: 'key_forbidden' },
        });
      }
  });

  it('of the kind test rings no PBX that is not in the box', async () => {
    const key = await limitedKey(gateway, { kind: 'test' });
    expect(await bothFaces(key)).toEqual(['key_limit', 'key_limit']);
    gateway.parts.box.addPlace(gateway.pbx.host, gateway.pbx.port);
    expect(await bothFaces(key, { dial_first: '101', dial_second: '103' })).toEqual(['placed', 'placed']);
  });
});
