import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Key } from '../../../contract/v3/keys.ts';
import { startGateway, type Gateway } from '../../gateway.ts';
import { ask } from './client.ts';

let gateway: Gateway;
let stranger: { readonly key: string };
beforeAll(async () => {
  gateway = await startGateway();
  stranger = await gateway.addAccount('Stranger');
});
afterAll(() => gateway[Symbol.asyncDispose]());

type Made = Key & { readonly api_key: string };

describe('/v3/keys', () => {
  it('makes a key that works at once, shows it this once, and revokes it for the next request', async () => {
    const made = await ask<Made>(gateway, 'POST /v3/keys', { body: { label: 'crm' } });
    expect(made).toMatchObject({ status: 201, body: { label: 'crm', last_used_at: null, revoked_at: null } });
    expect(made.headers.get('location')).toBe(`/v3/keys/${made.body.id}`);
    const key = made.body.api_key;
    expect((await ask(gateway, 'GET /v3/me', { key })).body).toMatchObject({ key: { id: made.body.id } });

    const all = await ask<{ items: Key[] }>(gateway, 'GET /v3/keys');
    expect(all.body.items.map(({ id }) => id)).toContain(made.body.id);
    const one = await ask<Key>(gateway, `GET /v3/keys/${made.body.id}`);
    expect(one).toMatchObject({ status: 200, body: { prefix: key.slice(0, 15) } });
    expect(JSON.stringify([all.body, one.body])).not.toContain(key);

    await expect
      .poll(async () => (await ask<Key>(gateway, `GET /v3/keys/${made.body.id}`)).body.last_used_at)
      .not.toBeNull();

    expect((await ask(gateway, `DELETE /v3/keys/${made.body.id}`, { key })).status).toBe(204);
    expect((await ask(gateway, 'GET /v3/me', { key })).status).toBe(401);
    expect((await ask<Key>(gateway, `GET /v3/keys/${made.body.id}`)).body.revoked_at).not.toBeNull();
    expect((await ask(gateway, `DELETE /v3/keys/${made.body.id}`)).status).toBe(204);
  });

  it('rotates a key: the new one has its rights, and the old one goes on for the overlap', async () => {
    const limits = { scopes: ['calls:create'], allow_to: ['2xx'] };
    const old = await ask<Made>(gateway, 'POST /v3/keys', { body: { label: 'cron', ...limits } });
    const rotate = `POST /v3/keys/${old.body.id}/rotate` as const;
    const fresh = await ask<Made>(gateway, rotate, { body: { overlap_seconds: 3600 } });
    expect(fresh).toMatchObject({ status: 201, body: { label: 'cron', ...limits, expires_at: null } });
    for (const key of [old.body.api_key, fresh.body.api_key])
      expect((await ask(gateway, 'GET /v3/me', { key })).status).toBe(200);
    const { body } = await ask<Key>(gateway, `GET /v3/keys/${old.body.id}`);
    const hours = (Date.parse(body.expires_at ?? '') - Date.parse(fresh.body.created_at)) / 3_600_000;
    expect(hours).toBeCloseTo(1, 5);

    // At once: the old one is as dead as a revoked one, and is rotated no more.
    expect((await ask(gateway, rotate, { body: { overlap_seconds: 0 } })).status).toBe(201);
    expect((await ask(gateway, 'GET /v3/me', { key: old.body.api_key })).status).toBe(401);
    expect((await ask(gateway, rotate, { body: {} })).status).toBe(404);
    const foreign = await ask(gateway, `POST /v3/keys/${fresh.body.id}/rotate`, {
      key: stranger.key,
      body: {},
    });
    expect(foreign.status).toBe(404);
  });

  it('gives nobody more rights than they have, by a new key or by rotating another', async () => {
    const manager = await ask<Made>(gateway, 'POST /v3/keys', {
      body: { scopes: ['keys:manage', 'calls:create'], allow_to: ['2xx'] },
    });
    const key = manager.body.api_key;
    const make = (body: unknown) =>
      ask<{ code?: string; errors?: { field: string }[] }>(gateway, 'POST /v3/keys', { key, body });
    expect((await make({ scopes: ['calls:create'], allow_to: ['2xx'] })).status).toBe(201);
    for (const [body, field] of [
      [{ allow_to: ['2xx'] }, 'scopes'],
      [{ scopes: ['pbxs:manage'], allow_to: ['2xx'] }, 'scopes'],
      [{ scopes: ['calls:create'] }, 'allow_to'],
      [{ scopes: ['calls:create'], allow_to: ['*'] }, 'allow_to'],
    ] as const)
      expect(await make(body)).toMatchObject({
        status: 403,
        body: { code: 'key_forbidden', errors: [{ field }] },
      });

    const { body: me } = await ask<{ key: { id: string } }>(gateway, 'GET /v3/me');
    const stolen = await ask(gateway, `POST /v3/keys/${me.key.id}/rotate`, { key, body: {} });
    expect(stolen).toMatchObject({ status: 403, body: { code: 'key_forbidden' } });
    expect((await ask<Key>(gateway, `GET /v3/keys/${me.key.id}`)).body.expires_at).toBeNull();
    expect((await ask(gateway, `POST /v3/keys/${manager.body.id}/rotate`, { key, body: {} })).status).toBe(
      201,
    );
  });

  it('needs no label, and no body', async () => {
    expect(await ask(gateway, 'POST /v3/keys', { body: {} })).toMatchObject({
      status: 201,
      body: { label: '' },
    });
    expect(await ask(gateway, 'POST /v3/keys')).toMatchObject({ status: 201 });
  });

  it.each([
    [{ label: 'x'.repeat(81) }, 'label'],
    [{ label: 'a\nb' }, 'label'],
    [{ label: 5 }, 'label'],
    [{ name: 'crm' }, 'name'],
    [{ allow_to: ['+4[49]'] }, 'allow_to'],
    [{ allow_to: [] }, 'allow_to'],
    [{ allow_ip: ['office'] }, 'allow_ip'],
    [{ scopes: ['calls:make'] }, 'scopes'],
    [{ kind: 'master' }, 'kind'],
    [{ expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
    [{ per_minute: 0 }, 'per_minute'],
  ])('refuses %j by its name', async (body, field) => {
    expect(await ask(gateway, 'POST /v3/keys', { body })).toMatchObject({
      status: 422,
      body: { errors: [{ field }] },
    });
  });

  it("answers of another account's key as of one that never was", async () => {
    const { body } = await ask<Made>(gateway, 'POST /v3/keys', { body: {} });
    for (const id of [body.id, '019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77', body.prefix])
      for (const method of ['GET', 'DELETE'] as const)
        expect(await ask(gateway, `${method} /v3/keys/${id}`, { key: stranger.key })).toMatchObject({
          status: 404,
          body: { detail: 'There is no key of this id that this key may see.' },
        });
    expect((await ask(gateway, 'GET /v3/me', { key: body.api_key })).status).toBe(200);
  });
});
