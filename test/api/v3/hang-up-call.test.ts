import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../../contract/v3/call.ts';
import type { JournalEntry } from '../../../contract/v3/journal.ts';
import { openParts, startServer } from '../../../src/app.ts';
import { startHttpSandbox } from '../../../src/pbx/sandbox/http/http-sandbox.ts';
import { startFreeswitchGateway, type FreeswitchGateway } from '../../freeswitch-gateway.ts';
import { ask } from './client.ts';

let gateway: FreeswitchGateway;
beforeAll(async () => {
  gateway = await startFreeswitchGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function call(body: object, wait: string): Promise<Call> {
  const answer = await ask<Call>(gateway, `POST /v3/calls?wait=${wait}`, { body: { pbx: 'main', ...body } });
  expect(answer.status).toBe(201);
  return answer.body;
}

async function journal(id: string): Promise<readonly JournalEntry[]> {
  return (await ask<{ items: JournalEntry[] }>(gateway, `GET /v3/calls/${id}/journal?limit=500`)).body.items;
}

describe('DELETE /v3/calls/{id}', () => {
  it.each<[state: string, body: object, wait: string, disposition: string]>([
    ['while the first phone rings', { dial_first: '408', dial_second: '102' }, 'ringing', 'cancelled'],
    ['while the second phone rings', { dial_first: '103', dial_second: '408' }, 'answered', 'cancelled'],
    ['while both talk', { dial_first: '105', dial_second: '105' }, 'connected', 'answered'],
    ['at once', { dial_first: '408', dial_second: '102' }, 'accepted', 'cancelled'],
  ])('ends it %s, on both sides', async (_when, body, wait, disposition) => {
    const { id } = await call(body, wait);
    const answer = await ask<Call>(gateway, `DELETE /v3/calls/${id}`);
    expect(answer).toMatchObject({
      status: 200,
      body: { id, state: 'ended', disposition, ended_by: 'api' },
    });
    for (const { state } of answer.body.legs) expect(['planned', 'ended']).toContain(state);
    const entries = await journal(id);
    expect(entries.find(({ kind }) => kind === 'hang_up')).toMatchObject({ data: { method: 'DELETE' } });
    expect(entries.some(({ kind, data }) => kind === 'sent' && data['of'] === 'hang_up')).toBe(true);
  });

  it('leaves a call alone that is over, and answers with it', async () => {
    const ended = await call({ dial_first: '103', dial_second: '486' }, 'ended');
    expect(await ask(gateway, `DELETE /v3/calls/${ended.id}`)).toMatchObject({ status: 200, body: ended });
    expect((await journal(ended.id)).some(({ kind }) => kind === 'hang_up')).toBe(false);
  });

  it('ends one of which its PBX does not tell, and still does not know of it', async () => {
    const pbx = await startHttpSandbox({ template: '3cx' });
    const { id: tenant } = gateway.account;
    await gateway.parts.directory.addPbx(tenant, 'threecx', 'http', {
      template: '3cx',
      host: pbx.host,
      port: pbx.port,
      tls: false,
      client_id: 'click2call',
      client_secret: 'sandbox',
    });
    const { id } = await call({ pbx: 'threecx', dial_first: '101', dial_second: '105' }, 'accepted');
    expect(await ask(gateway, `DELETE /v3/calls/${id}`)).toMatchObject({
      status: 200,
      body: { id, state: 'unknown' },
    });
    await expect.poll(() => pbx.calls()).toMatchObject([{ state: 'ended' }]);
    expect((await journal(id)).some(({ kind }) => kind === 'hang_up')).toBe(true);
    await pbx.close();
  });

  it('says of one of which it does not tell that it can not be ended there', async () => {
    const pbx = await startHttpSandbox({ template: 'fusionpbx' });
    const { id: tenant } = gateway.account;
    await gateway.parts.directory.addPbx(tenant, 'fusion', 'http', {
      template: 'fusionpbx',
      host: pbx.host,
      port: pbx.port,
      tls: false,
      api_key: 'sandbox',
    });
    const { id } = await call({ pbx: 'fusion', dial_first: '101', dial_second: '105' }, 'accepted');
    expect(await ask(gateway, `DELETE /v3/calls/${id}`)).toMatchObject({
      status: 501,
      body: { code: 'pbx_cannot', call_id: id },
    });
    await pbx.close();
  });

  it('may be asked by many at once', async () => {
    const { id } = await call({ dial_first: '408', dial_second: '102' }, 'ringing');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => ask<Call>(gateway, `DELETE /v3/calls/${id}`)),
    );
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 200, body: { state: 'ended', ended_by: 'api' } });
  });

  it('ends an order that has no answer yet, so that nothing rings', async () => {
    const answering = ask<Call>(gateway, 'POST /v3/calls', {
      body: { pbx: 'main', dial_first: '504', dial_second: '102', reference: 'slow' },
    });
    const found = await expect
      .poll(
        async () => (await ask<{ items: Call[] }>(gateway, 'GET /v3/calls?reference=slow')).body.items[0]?.id,
      )
      .toBeDefined()
      .then(
        async () => (await ask<{ items: Call[] }>(gateway, 'GET /v3/calls?reference=slow')).body.items[0],
      );
    const hungUp = await ask<Call>(gateway, `DELETE /v3/calls/${found?.id}`);
    expect([200, 202]).toContain(hungUp.status);
    await answering;
    await expect
      .poll(async () => (await ask<Call>(gateway, `GET /v3/calls/${found?.id}`)).body, { timeout: 10_000 })
      .toMatchObject({ state: 'ended', ended_by: 'api' });
  });

  it('ends a call that another process tends, which says that it was we', async () => {
    const { id } = await call({ dial_first: '105', dial_second: '105' }, 'connected');
    const other = await startServer(await openParts(gateway.parts.config));
    const answer = await ask<Call>({ ...gateway, url: other.urls[0] ?? '' }, `DELETE /v3/calls/${id}`);
    expect(answer).toMatchObject({
      status: 200,
      body: { state: 'ended', disposition: 'answered', ended_by: 'api' },
    });
    await other.close();
  });

  it('says that the PBX could not be asked, and does not take the end for ours then', async () => {
    const { id } = await call({ dial_first: '103', dial_second: '104' }, 'answered');
    const pbx = (await gateway.parts.directory.pbxsOf(gateway.account.id))[0];
    if (pbx === undefined) throw new Error('The account has a PBX.');
    await gateway.parts.directory.changePbx(pbx, { ...pbx.settings, port: 1, password: 'canary-pbx' });
    expect(await ask(gateway, `DELETE /v3/calls/${id}`)).toMatchObject({
      status: 502,
      body: { code: 'pbx_unreachable', call_id: id, pbx_message: expect.any(String) },
    });
    await expect
      .poll(async () => (await ask<Call>(gateway, `GET /v3/calls/${id}`)).body, { timeout: 10_000 })
      .toMatchObject({ state: 'ended', ended_by: 'second' });
  });

  it('says that the PBX is gone', async () => {
    const { host, port, domain } = gateway.pbx;
    const { directory } = gateway.parts;
    await directory.addPbx(gateway.account.id, 'gone', 'freeswitch', {
      host,
      port,
      domain,
      password: 'canary-pbx',
    });
    const { id } = await call({ dial_first: '105', dial_second: '105', pbx: 'gone' }, 'connected');
    await directory.removePbx(gateway.account.id, 'gone');
    expect(await ask(gateway, `DELETE /v3/calls/${id}`)).toMatchObject({
      status: 409,
      body: { code: 'pbx_removed', call_id: id },
    });
  });
});
