import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../../contract/v3/explanation.ts';
import { startFreeswitchGateway, type FreeswitchGateway } from '../../freeswitch-gateway.ts';
import { ask } from './client.ts';

let gateway: FreeswitchGateway;
beforeAll(async () => {
  gateway = await startFreeswitchGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function explain(body: object): Promise<Explanation> {
  const before = (await ask<{ items: unknown[] }>(gateway, 'GET /v3/calls')).body.items.length;
  const answer = await ask<Explanation>(gateway, 'POST /v3/calls/explain', { body });
  expect(answer.status).toBe(200);
  expect(gateway.pbx.calls()).toEqual([]);
  expect((await ask<{ items: unknown[] }>(gateway, 'GET /v3/calls')).body.items).toHaveLength(before);
  return answer.body;
}

describe('POST /v3/calls/explain', () => {
  it('says how it was read, whose rights, what the phones show and what would be sent, and rings nobody', async () => {
    expect(
      await explain({ dial_first: '1-0-1', dial_second: '102', pbx: 'MAIN', timeout: 20 }),
    ).toMatchObject({
      verdict: 'ready',
      reasons: [],
      dial_first: { typed: '1-0-1', dialled: '101' },
      dial_second: { typed: '102', dialled: '102' },
      dial_as: null,
      timeout: 20,
      pbx: { name: 'main', driver: 'freeswitch', kind: 'other', because: 'name' },
      rights: { dial_as: '101', context: expect.any(String) },
      first_phone: 'registered',
      order: expect.stringContaining('originate'),
    });
  });

  it('says that a phone is not registered', async () => {
    expect(await explain({ dial_first: '480', dial_second: '102', pbx: 'other' })).toMatchObject({
      verdict: 'ready',
      pbx: { because: 'kind' },
      first_phone: 'unregistered',
    });
  });

  it('says why it would be refused, with what could be read of it', async () => {
    expect(await explain({ dial_first: '101', dial_second: 'x;y', pbx: 'main' })).toMatchObject({
      verdict: 'refused',
      reasons: [{ code: 'parameter_invalid', field: 'dial_second' }],
      dial_first: { dialled: '101' },
      dial_second: { typed: 'x;y', dialled: null },
      order: null,
      exchange: [],
    });
    expect(await explain({ dial_first: '101', dial_second: '102' })).toMatchObject({
      verdict: 'refused',
      reasons: [{ code: 'pbx_unknown', field: 'pbx' }],
      pbx: null,
    });
  });

  it('says what the PBX has against it, in its own words', async () => {
    expect(await explain({ dial_first: '999', dial_second: '102', pbx: 'main' })).toMatchObject({
      verdict: 'failed',
      reasons: [{ code: 'dial_as_unknown', remedy: expect.any(String) }],
    });
  });

  it('says what would be sent where the kind of PBX can not be asked', async () => {
    await gateway.parts.directory.addPbx(gateway.account.id, 'fusion', 'http', {
      template: 'fusionpbx',
      host: '127.0.0.1',
      port: 1,
      tls: false,
      api_key: 'canary-pbx',
    });
    const told = await explain({ dial_first: '101', dial_second: '102', pbx: 'fusion' });
    expect(told).toMatchObject({
      verdict: 'untold',
      reasons: [{ code: 'pbx_cannot' }],
      pbx: { name: 'fusion' },
      dial_first: { dialled: '101' },
      rights: { dial_as: '101', context: null },
      order: expect.stringMatching(/^GET \/app\/click_to_call\//),
    });
    expect(JSON.stringify(told)).not.toContain('canary-pbx');
  });

  it('shows no secret', async () => {
    const told = await explain({ dial_first: '101', dial_second: '102', pbx: 'main' });
    expect(JSON.stringify(told)).not.toContain('canary-pbx');
  });

  it('refuses what is no request', async () => {
    const answer = await ask(gateway, 'POST /v3/calls/explain', { body: { dial_first: 101 } });
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'dial_first' }, { field: 'dial_second' }] },
    });
  });
});
