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
    expect(one).toMatchObject({ status: 200, body: { prefix: key.slice(0, 10) } });
    expect(JSON.stringify([all.body, one.body])).not.toContain(key);

    await expect
      .poll(async () => (await ask<Key>(gateway, `GET /v3/keys/${made.body.id}`)).body.last_used_at)
      .not.toBeNull();

    expect((await ask(gateway, `DELETE /v3/keys/${made.body.id}`, { key })).status).toBe(204);
    expect((await ask(gateway, 'GET /v3/me', { key })).status).toBe(401);
    expect((await ask<Key>(gateway, `GET /v3/keys/${made.body.id}`)).body.revoked_at).not.toBeNull();
    expect((await ask(gateway, `DELETE /v3/keys/${made.body.id}`)).status).toBe(204);
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
