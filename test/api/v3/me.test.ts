import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Me } from '../../../contract/v3/me.ts';
import { startGateway, type Gateway } from '../../gateway.ts';
import { ask } from './client.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe('GET /v3/me', () => {
  it('says whose key it is, in each account its own, and never the key', async () => {
    const other = await gateway.addAccount('Other');
    const mine = await ask<Me>(gateway, 'GET /v3/me');
    const theirs = await ask<Me>(gateway, 'GET /v3/me', { key: other.key });
    expect(mine).toMatchObject({
      status: 200,
      body: { account: { id: gateway.account.id, slug: 'acme', name: 'Acme' } },
    });
    expect(mine.body.key).toMatchObject({
      prefix: gateway.key.slice(0, 15),
      label: 'test',
      scopes: expect.arrayContaining(['calls:create']),
    });
    expect(theirs.body.account.id).toBe(other.account.id);
    expect(JSON.stringify(mine.body)).not.toContain(gateway.key);
  });

  it.each([
    ['none', null, {}],
    ['one that is no key', 'hello', {}],
    ['one that was never made', `c2c_${'x'.repeat(32)}`, {}],
    ['two that differ', undefined, { 'x-api-key': `c2c_${'x'.repeat(32)}` }],
  ])('gives the same 401 for a key that is %s', async (_what, key, headers) => {
    const answer = await ask(gateway, 'GET /v3/me', { ...(key === undefined ? {} : { key }), headers });
    expect(answer).toMatchObject({
      status: 401,
      body: { code: 'key_invalid', type: '/docs/errors#key_invalid' },
    });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="click2call"');
  });

  it('takes the key as X-Api-Key, and none in the URL', async () => {
    expect(
      await ask(gateway, 'GET /v3/me', { key: null, headers: { 'x-api-key': gateway.key } }),
    ).toMatchObject({ status: 200 });
    expect(await ask(gateway, `GET /v3/me?api_key=${gateway.key}`, { key: null })).toMatchObject({
      status: 401,
    });
    const both = await ask(gateway, `GET /v3/me?api_key=${gateway.key}`);
    expect(both).toMatchObject({
      status: 422,
      body: { code: 'parameter_unknown', errors: [{ field: 'api_key' }] },
    });
    expect(JSON.stringify(both.body)).not.toContain(gateway.key);
  });
});

describe('whatever is asked of /v3', () => {
  it('a path that is none is 404, and a method that is none is 405 with those that are', async () => {
    expect(await ask(gateway, 'GET /v3/mee')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const answer = await ask(gateway, 'POST /v3/me', { body: {} });
    expect(answer).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    expect(answer.headers.get('allow')).toBe('GET, PATCH');
  });
});
