import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../../contract/v3/explanation.ts';
import type { Key, MadeKey } from '../../../contract/v3/keys.ts';
import type { Static } from 'typebox';
import { startSandboxGateway, type SandboxGateway } from '../../gateway.ts';
import { startReceiver } from '../../receiver.ts';
import { ask } from './client.ts';

let gateway: SandboxGateway;
beforeAll(async () => {
  gateway = await startSandboxGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function makeKey(body: object = {}): Promise<Static<typeof MadeKey>> {
  return (await ask<Static<typeof MadeKey>>(gateway, 'POST /v3/keys', { body })).body;
}

function call(key: string, second: string) {
  return ask<{ code?: string }>(gateway, 'POST /v3/calls', {
    key,
    body: { dial_first: '101', dial_second: second },
  });
}

describe('the limits of a key', () => {
  it('answer 429 and when to try again, and stand in the journal', async () => {
    const { api_key: key } = await makeKey({ per_minute: 2 });
    expect((await call(key, '102')).status).toBe(201);
    expect((await call(key, '103')).status).toBe(201);
    const refused = await call(key, '104');
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'too_many_calls', detail: expect.stringContaining('(per_minute)') },
    });
    expect(refused.headers.get('retry-after')).toBe('10');
    const { call_id: id } = refused.body as { call_id: string };
    expect((await ask(gateway, `GET /v3/calls/${id}`)).body).toMatchObject({
      diagnosis: { code: 'too_many_calls' },
    });
  });

  it('are free again when a call is over', async () => {
    const { api_key: key } = await makeKey({ at_once: 1 });
    expect((await call(key, '486')).status).toBe(201);
    expect((await call(key, '102')).status).toBe(429);
    await expect.poll(async () => (await call(key, '486')).status).toBe(201);
  });
});

describe('a key that looks stolen', () => {
  it('is frozen, shown to be so, manages nothing, and goes on when its owner unfreezes it', async () => {
    await using receiver = await startReceiver();
    await ask(gateway, 'POST /v3/webhooks', { body: { url: receiver.url, types: ['key.frozen'] } });
    const { id, api_key: key } = await makeKey();
    const codes: (string | undefined)[] = [];
    for (let each = 0; each < 6; each += 1) codes.push((await call(key, `+5372041${100 + each}`)).body.code);
    expect(codes.slice(0, 4)).not.toContain('key_frozen');
    expect(codes.slice(4)).toEqual(['key_frozen', 'key_frozen']);

    const reason = expect.stringMatching(
      /^5 calls in 1 minute to Cuba \(CU\), where this key never called before$/,
    );
    const frozen = { since: expect.any(String), reason };
    await expect
      .poll(() => receiver.events(), { timeout: 10_000 })
      .toEqual([
        {
          id: expect.any(String),
          type: 'key.frozen',
          number: 0,
          at: expect.any(String),
          call: null,
          key: { id, reason },
        },
      ]);
    expect((await ask<Key>(gateway, `GET /v3/keys/${id}`)).body.frozen).toEqual(frozen);
    const { items } = (await ask<{ items: Key[] }>(gateway, 'GET /v3/keys')).body;
    expect(items.filter((each) => each.frozen !== null).map((each) => each.id)).toEqual([id]);
    expect(await call(key, '102')).toMatchObject({ status: 403, body: { code: 'key_frozen' } });
    const body = { dial_first: '101', dial_second: '102' };
    expect((await ask<Explanation>(gateway, 'POST /v3/calls/explain', { key, body })).body).toMatchObject({
      verdict: 'refused',
      reasons: [{ code: 'key_frozen' }],
    });

    for (const request of [`POST /v3/keys/${id}/unfreeze`, 'POST /v3/keys', 'PUT /v3/policy'] as const)
      expect(await ask(gateway, request, { key })).toMatchObject({
        status: 403,
        body: { code: 'key_frozen' },
      });
    expect((await ask(gateway, 'GET /v3/me', { key })).status).toBe(200);

    const unfrozen = await ask<Key>(gateway, `POST /v3/keys/${id}/unfreeze`);
    expect(unfrozen).toMatchObject({ status: 200, body: { id, frozen: null } });
    expect((await ask<Key>(gateway, `GET /v3/keys/${id}`)).body.frozen).toBeNull();
    for (let each = 0; each < 6; each += 1)
      expect((await call(key, `+5372041${200 + each}`)).body.code).not.toBe('key_frozen');
    const acts = await gateway.parts.store.audit.newest(50, gateway.account.id);
    expect(acts.filter(({ subject }) => subject === id).map(({ action }) => action)).toEqual([
      'key.unfreeze',
      'key.freeze',
      'key.create',
    ]);
  });

  it('is known to nobody else', async () => {
    const { id } = await makeKey();
    const { key } = await gateway.addAccount('Other');
    expect((await ask(gateway, `POST /v3/keys/${id}/unfreeze`, { key })).status).toBe(404);
  });
});
