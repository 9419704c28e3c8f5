import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revokeKey } from '../../../src/access/keys.ts';
import { Value } from 'typebox/value';
import { CallEvent } from '../../../contract/v3/event.ts';
import { startSandboxGateway, type SandboxGateway } from '../../gateway.ts';
import { ask } from './client.ts';

const WAIT = { timeout: 20_000 };

let gateway: SandboxGateway;
beforeAll(async () => {
  gateway = await startSandboxGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Told {
  readonly id: number;
  readonly event: CallEvent;
}

/** A stream that is read as it comes. */
async function listen(path: string, headers: Record<string, string> = {}, key = gateway.key) {
  const going = new AbortController();
  const response = await fetch(`${gateway.url}${path}`, {
    headers: { authorization: `Bearer ${key}`, ...headers },
    signal: going.signal,
  });
  const told: Told[] = [];
  let text = '';
  const read = async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      for (const [whole, id, data = ''] of text.matchAll(/^id: (\d+)\nevent: .*\ndata: (.*)\n\n/gm)) {
        told.push({ id: Number(id), event: JSON.parse(data) as CallEvent });
        text = text.replace(whole, '');
      }
    }
    return 'ended' as const;
  };
  const ended = read().catch(() => 'cut' as const);
  return { response, told, ended, leave: () => going.abort() };
}

const click = async (dial_second: string) =>
  (await gateway.click({ dial_first: '101', dial_second, pbx: 'main' })).response.request_id;

describe('GET /v3/events', () => {
  it('streams what all calls of the account tell, resumes behind the last id, and filters', async () => {
    const stream = await listen('/v3/events?after=0');
    const ends = await listen('/v3/events?type=call.ended,call.connected');
    expect(stream.response.status).toBe(200);
    expect(Object.fromEntries(stream.response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const calls = [await click('486'), await click('104')];
    const isOver = () => stream.told.filter(({ event }) => event.type === 'call.ended').length;
    await expect.poll(isOver, WAIT).toBe(2);
    for (const { event } of stream.told) expect(Value.Errors(CallEvent, event)).toEqual([]);
    expect(stream.told.map(({ id }) => id)).toEqual(stream.told.map((_, index) => index + 1));
    expect(new Set(stream.told.map(({ event }) => event.call.id))).toEqual(new Set(calls));
    const wanted = stream.told.filter(({ event }) => /ended|connected/.test(event.type));
    await expect.poll(() => ends.told, WAIT).toEqual(wanted);
    const rest = await listen('/v3/events?after=0', { 'last-event-id': '3' });
    await expect.poll(() => rest.told, WAIT).toEqual(stream.told.slice(3));
    for (const each of [stream, ends, rest]) each.leave();
  });

  it('says what is wrong with an id, a type and a parameter', async () => {
    const id = { headers: { 'last-event-id': 'x' } };
    expect(await ask(gateway, 'GET /v3/events', id)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'Last-Event-ID' }] },
    });
    expect(await ask(gateway, 'GET /v3/events?after=99999')).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('99999') },
    });
    expect(await ask(gateway, 'GET /v3/events?type=call.endet')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'type', detail: expect.stringContaining('call.ended') }] },
    });
    expect((await ask(gateway, 'GET /v3/events', { key: null })).status).toBe(401);
  });

  it("never streams another account's events", async () => {
    const { key } = await gateway.addAccount('Other');
    const theirs = await listen('/v3/events?after=0', {}, key);
    const ours = await listen('/v3/events');
    await click('603');
    const isOver = () => ours.told.some(({ event }) => event.type === 'call.ended');
    await expect.poll(isOver, WAIT).toBe(true);
    expect(theirs.told).toEqual([]);
    theirs.leave();
    ours.leave();
  });
});

describe('GET /v3/calls/{id}/events', () => {
  it("streams a call's events from the first to the last, and ends with it", async () => {
    const callId = await click('104');
    const stream = await listen(`/v3/calls/${callId}/events`);
    expect(await stream.ended).toBe('ended');
    expect(stream.told.at(-1)?.event.type).toBe('call.ended');
    expect(stream.told.map(({ id }) => id)).toEqual(stream.told.map((_, index) => index + 1));
    expect(stream.told.map(({ id }) => id)).toEqual(stream.told.map(({ event }) => event.number));
    const again = await listen(`/v3/calls/${callId}/events`, { 'last-event-id': '2' });
    expect(await again.ended).toBe('ended');
    expect(again.told).toEqual(stream.told.slice(2));
    const last = { 'last-event-id': String(stream.told.length) };
    expect(await ask(gateway, `GET /v3/calls/${callId}/events`, { headers: last })).toMatchObject({
      status: 204,
      body: undefined,
    });
  });

  it('is of no call of another account, and of none that was refused', async () => {
    const { key } = await gateway.addAccount('Nosy');
    const callId = await click('503');
    expect((await ask(gateway, `GET /v3/calls/${callId}/events`, { key })).status).toBe(404);
    const refused = await gateway.click({ dial_first: '101', dial_second: '!', pbx: 'main' });
    expect((await ask(gateway, `GET /v3/calls/${refused.response.request_id}/events`)).status).toBe(204);
  });
});

it('streams end cleanly when the server stops', async () => {
  const stopping = await startSandboxGateway();
  const response = await fetch(`${stopping.url}/v3/events`, {
    headers: { authorization: `Bearer ${stopping.key}` },
  });
  const read = response.text();
  await stopping[Symbol.asyncDispose]();
  expect(await read).toMatch(/^retry: \d+\nid: 0\n\n$/);
});

it('a connection that nobody asks anything on does not hold up a stop', async () => {
  const stopping = await startSandboxGateway();
  const socket = connect(Number(new URL(stopping.url).port), '127.0.0.1');
  await once(socket, 'connect');
  // The server has heard of it when it has answered to one that came later.
  await ask(stopping, 'GET /v3/me');
  const ended = once(socket, 'close');
  await stopping[Symbol.asyncDispose]();
  expect(await ended).toEqual([false]);
}, 10_000);

it('a key that is revoked is out of its streams soon', async () => {
  const { account, key } = await gateway.addAccount('Leaver');
  const opened = await gateway.parts.store.keys.keysOf(account.id);
  const stream = await listen('/v3/events', {}, key);
  const [record] = opened;
  if (record === undefined) throw new Error('It was made.');
  await revokeKey(gateway.parts.store.keys, gateway.parts.clock, record);
  expect(await stream.ended).toBe('ended');
}, 40_000);
