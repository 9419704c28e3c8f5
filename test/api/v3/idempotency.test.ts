import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../../contract/v3/call.ts';
import type { Problem } from '../../../contract/v3/problem.ts';
import { openParts, startServer } from '../../../src/app.ts';
import { startFreeswitchGateway, type FreeswitchGateway } from '../../freeswitch-gateway.ts';
import { startGateway, type Gateway } from '../../gateway.ts';
import { ask } from './client.ts';

const PAIR = { dial_first: '101', dial_second: '102', pbx: 'main' };

let gateway: FreeswitchGateway;
beforeAll(async () => {
  gateway = await startFreeswitchGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

function create(key: string, body: object = PAIR, to: Gateway = gateway) {
  return ask<Call>(to, 'POST /v3/calls', { body, headers: { 'idempotency-key': key } });
}

describe('Idempotency-Key', () => {
  it('gives a hundred requests of the same instant one call', async () => {
    const before = gateway.pbx.calls().length;
    const answers = await Promise.all(Array.from({ length: 100 }, () => create('instant')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const replayed = answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true');
    expect(replayed).toHaveLength(99);
    expect(gateway.pbx.calls()).toHaveLength(before + 1);
  });

  it('gives the same call in another process on the same data, at the same instant, and after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'c2c-two-'));
    const before = gateway.pbx.calls().length;
    const environment = { C2C_DATA_DIR: folder };
    const first = await startGateway(environment);
    const secondParts = await openParts(first.parts.config);
    const second = await startServer(secondParts);
    const pbx = {
      host: gateway.pbx.host,
      port: gateway.pbx.port,
      password: 'canary-pbx',
      domain: gateway.pbx.domain,
    };
    await first.parts.directory.addPbx(first.account.id, 'main', 'freeswitch', pbx);
    const other: Gateway = { ...first, url: second.urls[0] ?? '' };
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => create('everywhere', PAIR, index % 2 === 0 ? first : other)),
    );
    const [id, ...others] = new Set(answers.map(({ body }) => body.id));
    expect(others).toEqual([]);
    await second.close();
    const third = await startServer(await openParts(first.parts.config));
    const later = await create('everywhere', PAIR, { ...first, url: third.urls[0] ?? '' });
    expect(later).toMatchObject({ status: 201, body: { id } });
    expect(later.headers.get('idempotent-replayed')).toBe('true');
    expect(gateway.pbx.calls()).toHaveLength(before + 1);
    await third.close();
    await first[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it('refuses another body with the same key, and rings nobody', async () => {
    const { body: call } = await create('reused');
    const before = gateway.pbx.calls().length;
    const answer = await ask<Problem>(gateway, 'POST /v3/calls', {
      body: { ...PAIR, dial_second: '103' },
      headers: { 'idempotency-key': 'reused' },
    });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused', errors: [{ field: 'Idempotency-Key' }] },
    });
    expect(answer.body.call_id).not.toBe(call.id);
    expect(gateway.pbx.calls()).toHaveLength(before);
    expect((await create('reused')).body.id).toBe(call.id);
  });

  it('goes by what is asked, not by the order in which it stands', async () => {
    const { body } = await create('order');
    expect((await create('order', { pbx: 'main', dial_second: '102', dial_first: '101' })).body.id).toBe(
      body.id,
    );
  });

  it('is the same with and without the quotes of a structured header', async () => {
    const { body } = await create('quoted');
    expect((await create('"quoted"')).body.id).toBe(body.id);
  });

  it('gives a failed call again, and lets a refused request be mended', async () => {
    const denied = { ...PAIR, dial_second: '403' };
    const [first, second] = [await create('failed', denied), await create('failed', denied)];
    expect(first).toMatchObject({ status: 502, body: { code: 'pbx_permission_denied' } });
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await create('mended', { ...PAIR, dial_first: 'x' })).toMatchObject({ status: 422 });
    expect(await create('mended')).toMatchObject({ status: 201 });
  });

  it('is of one account: in another it stands for another call', async () => {
    const other = await gateway.addAccount('Idempotent');
    const { body } = await create('theirs');
    const answer = await ask<Problem>(gateway, 'POST /v3/calls', {
      key: other.key,
      body: PAIR,
      headers: { 'idempotency-key': 'theirs' },
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'pbx_unknown' } });
    expect(JSON.stringify(answer.body)).not.toContain(body.id);
  });

  it.each([['x'.repeat(256)], ['a b'], ['""']])('is refused where it can not be one: %j', async (key) => {
    expect(await create(key)).toMatchObject({
      status: 422,
      body: { code: 'parameter_invalid', errors: [{ field: 'Idempotency-Key' }] },
    });
  });

  it('without one every request is a call of its own', async () => {
    const ids = [1, 2].map(async () => (await ask<Call>(gateway, 'POST /v3/calls', { body: PAIR })).body.id);
    expect(new Set(await Promise.all(ids)).size).toBe(2);
  });
});
