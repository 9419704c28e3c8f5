import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../../contract/v3/call.ts';
import type { JournalEntry } from '../../../contract/v3/journal.ts';
import { startFreeswitchGateway, type FreeswitchGateway } from '../../freeswitch-gateway.ts';
import { ask } from './client.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

let gateway: FreeswitchGateway;
/** Five calls, oldest first: ended, busy, refused, busy again, going on. */
let calls: Call[];
let stranger: { readonly key: string };
beforeAll(async () => {
  gateway = await startFreeswitchGateway();
  stranger = await gateway.addAccount('Stranger');
  const make = (body: object, wait: string) =>
    ask<Call & { call_id: string }>(gateway, `POST /v3/calls?wait=${wait}`, {
      body: { pbx: 'main', ...body },
    });
  const made = [
    await make({ dial_first: '103', dial_second: '410', reference: 'order 7' }, 'ended'),
    await make({ dial_first: '103', dial_second: '486' }, 'ended'),
    await make({ dial_first: 'x', dial_second: '103' }, 'ended'),
    await make({ dial_first: '103', dial_second: '486', reference: 'order 7' }, 'ended'),
    await make({ dial_first: '105', dial_second: '105' }, 'connected'),
  ];
  calls = [];
  for (const { body } of made)
    calls.push((await ask<Call>(gateway, `GET /v3/calls/${body.id ?? body.call_id}`)).body);
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function list(query: Readonly<Record<string, string>>, key = gateway.key): Promise<number[]> {
  const answer = await ask<Page<Call>>(gateway, `GET /v3/calls?${new URLSearchParams(query)}`, { key });
  expect(answer.status).toBe(200);
  return answer.body.items.map(({ id }) => calls.findIndex((each) => each.id === id));
}

describe('GET /v3/calls', () => {
  it('gives the calls newest first, whole, a page at a time', async () => {
    expect((await ask<Page<Call>>(gateway, 'GET /v3/calls')).body.items).toMatchObject(
      calls.toReversed().map(({ id, disposition }) => ({ id, disposition })),
    );
    const seen: string[] = [];
    let path = 'GET /v3/calls?limit=2' as const as `GET ${string}`;
    for (;;) {
      const { body } = await ask<Page<Call>>(gateway, path);
      seen.push(...body.items.map(({ id }) => id));
      if (body.next === null) break;
      path = `GET /v3/calls?limit=2&cursor=${body.next}`;
    }
    expect(seen).toEqual(calls.map(({ id }) => id).toReversed());
  });

  it('finds by each thing alone and by several together', async () => {
    expect(await list({ state: 'connected' })).toEqual([4]);
    expect(await list({ state: 'ended' })).toEqual([3, 2, 1, 0]);
    expect(await list({ disposition: 'busy' })).toEqual([3, 1]);
    expect(await list({ disposition: 'busy', reference: 'order 7' })).toEqual([3]);
    expect(await list({ reference: 'order 7' })).toEqual([3, 0]);
    expect(await list({ pbx: 'main', dial_second: '4-8-6' })).toEqual([3, 1]);
    expect(await list({ dial_first: '105' })).toEqual([4]);
    expect(await list({ pbx: 'none' })).toEqual([]);
    expect(await list({ search: '4 8 6' })).toEqual([3, 1]);
    expect(await list({ search: '103', disposition: 'busy' })).toEqual([3, 1]);
    expect(await list({ search: 'order 7' })).toEqual([3, 0]);
    expect(await list({ search: 'order' })).toEqual([]);
    const [key] = await gateway.parts.store.keys.keysOf(gateway.account.id);
    expect(await list({ key: key?.id ?? '' })).toEqual([4, 3, 2, 1, 0]);
    expect(await list({ key: '019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77' })).toEqual([]);
  });

  it('finds by time, to the microsecond and in any zone', async () => {
    const [from = '', to = ''] = [calls[1]?.asked_at, calls[3]?.asked_at];
    expect(await list({ from, to })).toEqual([2, 1]);
    expect(await list({ from: to })).toEqual([4, 3]);
    const hour = new Date(Date.parse(to) + 3_600_000).toISOString().replace('Z', '+01:00');
    const ms = to.slice(0, 23) + to.slice(26);
    expect(await list({ from: hour })).toEqual(await list({ from: ms }));
  });

  it("shows nothing of another account's", async () => {
    expect(await list({}, stranger.key)).toEqual([]);
    const cursor = Buffer.from(calls[4]?.id ?? '').toString('base64url');
    expect(await list({ cursor }, stranger.key)).toEqual([]);
  });

  it.each([
    ['limit', '0'],
    ['limit', '201'],
    ['limit', 'ten'],
    ['state', 'over'],
    ['disposition', 'BUSY'],
    ['from', 'yesterday'],
    ['to', '2026-13-01T00:00:00Z'],
    ['cursor', 'next'],
    ['cursor', Buffer.from("' or 1=1").toString('base64url')],
    ['dial_first', 'nobody else'],
    ['key', 'c2c_…'],
  ])('refuses %s=%s by its name', async (name, value) => {
    const answer = await ask(gateway, `GET /v3/calls?${new URLSearchParams({ [name]: value })}`);
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'parameter_invalid', errors: [{ field: name, code: 'parameter_invalid' }] },
    });
  });
});

describe('GET /v3/calls/{id}', () => {
  it('tells what became of it', async () => {
    const [talked, busy] = calls;
    expect(talked).toMatchObject({
      state: 'ended',
      disposition: 'answered',
      ended_by: 'second',
      talk_seconds: expect.any(Number),
    });
    expect(busy?.legs).toMatchObject([
      { side: 'first', number: '103', state: 'ended' },
      { side: 'second', number: '486', state: 'ended', cause: { sip: 486 } },
    ]);
  });

  it.each([
    ['another account’s', () => ({ id: calls[0]?.id ?? '', key: stranger.key })],
    ['one that never was', () => ({ id: '019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77', key: gateway.key })],
    ['what is no id', () => ({ id: "x'--", key: gateway.key })],
  ])('answers the same for %s', async (_what, asked) => {
    const { id, key } = asked();
    for (const request of [
      `GET /v3/calls/${id}`,
      `GET /v3/calls/${id}/journal`,
      `DELETE /v3/calls/${id}`,
    ] as const) {
      const answer = await ask(gateway, request, { key });
      expect(answer).toMatchObject({
        status: 404,
        body: { code: 'not_found', detail: 'There is no call of this id that this key may see.' },
      });
    }
  });
});

describe('GET /v3/calls/{id}/journal', () => {
  it('gives everything that was said and done, numbered, in the order of time, a page at a time', async () => {
    const path = `/v3/calls/${calls[1]?.id}/journal`;
    const whole = await ask<Page<JournalEntry>>(gateway, `GET ${path}?limit=500`);
    const { items } = whole.body;
    expect(whole.body.next).toBeNull();
    expect(items.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([...items.keys()]);
    expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).toSorted());
    expect(items[0]).toMatchObject({
      kind: 'request',
      data: { method: 'POST', data: { dial_first: '103' } },
    });
    const kinds = new Set(items.map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual(['answer', 'event', 'heard', 'received', 'request', 'sent']);
    expect(items.some(({ kind, leg }) => kind === 'heard' && leg === 'second')).toBe(true);
    expect(items.at(-1)).toMatchObject({ kind: 'event', data: { type: 'call.ended', state: 'ended' } });
    const first = await ask<Page<JournalEntry>>(gateway, `GET ${path}?limit=3`);
    const second = await ask<Page<JournalEntry>>(gateway, `GET ${path}?limit=500&cursor=${first.body.next}`);
    expect([...first.body.items, ...second.body.items]).toEqual(items);
  });

  it('holds no secret', async () => {
    for (const { id } of calls) {
      const { body } = await ask(gateway, `GET /v3/calls/${id}/journal?limit=500`);
      const text = JSON.stringify(body);
      expect(text).not.toContain('canary-pbx');
      expect(text).not.toContain(gateway.key);
      const call = await gateway.parts.store.journal.callById(id);
      expect(text).not.toContain(call?.errorToken);
    }
  });
});
