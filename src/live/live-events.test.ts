import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../contract/v3/event.ts';
import { opening } from '../store/conformance/samples.ts';
import type { CallRecord, EventData } from '../switchboard/ports.ts';
import { liveStage, upTo } from './test-stage.ts';

const TYPES: readonly EventData['type'][] = ['call.accepted', 'call.ringing_first', 'call.answered_first'];

type Stage = Awaited<ReturnType<typeof liveStage>>;

async function openCalls({ store, tenantId }: Stage, count: number): Promise<CallRecord[]> {
  const made = Array.from({ length: count }, () => opening(tenantId));
  await Promise.all(made.map((each) => store.journal.open(each)));
  return made.map(({ call }) => call);
}

async function oneCall(stage: Stage): Promise<CallRecord> {
  const [call] = await openCalls(stage, 1);
  if (call === undefined) throw new Error('It was opened.');
  return call;
}

const WAIT = { timeout: 10_000 };

describe("an account's stream", () => {
  it('begins with now, and says where that is', async () => {
    const stage = await liveStage();
    const call = await oneCall(stage);
    await stage.tell(call, 'call.accepted');
    const client = await stage.connect();
    await expect.poll(() => client.blocks[0]).toEqual({ retry: expect.stringMatching(/^\d+$/), id: '1' });
    await stage.tell(call, 'call.ringing_first');
    await expect.poll(client.ids, WAIT).toEqual([2]);
    const [, block] = client.blocks;
    expect(block?.event).toBe('call.ringing_first');
    const told = JSON.parse(block?.data ?? '') as CallEvent;
    expect(told).toMatchObject({ id: `${call.id}-2`, type: 'call.ringing_first', number: 2 });
    expect(told.call).toMatchObject({ id: call.id, dial_first: '101', last_event: 2 });
  });

  it('begins with everything that is retained, where asked, and with what follows an id', async () => {
    const stage = await liveStage();
    const calls = await openCalls(stage, 300);
    await Promise.all(calls.map((call) => stage.tell(call, 'call.accepted')));
    const [all, rest] = [await stage.connect('after=0'), await stage.connect('after=290')];
    await expect.poll(all.ids, WAIT).toEqual(upTo(300));
    await expect.poll(rest.ids, WAIT).toEqual(upTo(300, 291));
  });

  it('refuses a place that its feed does not reach', async () => {
    const stage = await liveStage();
    expect((await stage.connect('after=1')).status).toBe(204);
  });

  it('passes over what is not asked for, and counts it as seen', async () => {
    const stage = await liveStage({ heartbeatMs: 30 });
    const call = await oneCall(stage);
    const client = await stage.connect('types=call.ringing_first');
    for (const type of TYPES) await stage.tell(call, type);
    await expect.poll(client.ids, WAIT).toEqual([2]);
    await expect.poll(() => client.lastId()).toBe('3');
    expect(client.comments()).toBeGreaterThan(0);
  });

  it('has what another process wrote, in its place', async () => {
    const stage = await liveStage({ lookMs: 20 });
    const [ours, theirs] = await openCalls(stage, 2);
    if (ours === undefined || theirs === undefined) throw new Error('They were opened.');
    const client = await stage.connect();
    await stage.tell(theirs, 'call.accepted', stage.other);
    await expect.poll(client.ids, WAIT).toEqual([1]);
    await stage.tell(theirs, 'call.ringing_first', stage.other);
    await stage.tell(ours, 'call.accepted');
    await expect.poll(client.ids, WAIT).toEqual([1, 2, 3]);
  });

  it('keeps the order of the feed where it was told in another', async () => {
    const stage = await liveStage({ lookMs: 60_000 });
    const call = await oneCall(stage);
    const client = await stage.connect();
    for (const type of TYPES) await stage.tell(call, type, stage.other);
    const told = await stage.store.events.eventsAfter(stage.tenantId, 0, 10);
    const heard = told.map((event) => ({ ...event, call: { ...event.call, tenantId: stage.tenantId } }));
    stage.bus.publish(heard.toReversed());
    stage.bus.publish(heard);
    await expect.poll(client.ids, WAIT).toEqual([1, 2, 3]);
  });

  it('loses and repeats nothing under load, however often its client is cut off and comes back', async () => {
    const stage = await liveStage({ lookMs: 20 });
    const calls = await openCalls(stage, 120);
    const total = calls.length * TYPES.length;
    let isTold = false;
    const telling = Promise.all(
      calls.map(async (call, index) => {
        const by = index % 2 === 0 ? stage.store : stage.other;
        for (const type of TYPES) await stage.tell(call, type, by);
      }),
    ).then(() => (isTold = true));
    const follow = async (cutAfter: number) => {
      const seen: number[] = [];
      let after = '0';
      while (seen.length < total) {
        const client = await stage.connect(`after=${after}`);
        const enough = () => client.ids().length >= (isTold ? total - seen.length : cutAfter);
        await expect.poll(enough, { interval: 5, timeout: 20_000 }).toBe(true);
        client.leave();
        seen.push(...client.ids());
        after = client.lastId();
      }
      return seen;
    };
    const all = await Promise.all([1, 3, 10, 25].map(follow));
    await telling;
    for (const seen of all) expect(seen).toEqual(upTo(total));
  });
});

describe('a slow client', () => {
  it('costs nobody else anything, and misses nothing', async () => {
    const stage = await liveStage();
    const calls = await openCalls(stage, 3_000);
    const [slow, quick] = [await stage.connect('', { paused: true }), await stage.connect()];
    await Promise.all(calls.map((call) => stage.tell(call, 'call.accepted')));
    await Promise.all(calls.map((call) => stage.tell(call, 'call.ringing_first')));
    await expect.poll(quick.ids, WAIT).toHaveLength(6_000);
    expect(quick.ids()).toEqual(upTo(6_000));
    slow.socket.resume();
    await expect.poll(slow.ids, WAIT).toHaveLength(6_000);
    expect(slow.ids()).toEqual(upTo(6_000));
  });

  it('that takes nothing any more is let go, and comes back for the rest', async () => {
    const stage = await liveStage({ stalledMs: 100 });
    const calls = await openCalls(stage, 4_000);
    const slow = await stage.connect('', { paused: true });
    await Promise.all(calls.map((call) => stage.tell(call, 'call.accepted')));
    await Promise.all(calls.map((call) => stage.tell(call, 'call.ringing_first')));
    await expect.poll(() => slow.socket.socket.readableLength > 0).toBe(true);
    await Promise.all(calls.map((call) => stage.tell(call, 'call.answered_first')));
    slow.socket.resume();
    expect(await slow.ended).toBe(false);
    const again = await stage.connect(`after=${slow.lastId()}`);
    await expect.poll(() => slow.ids().length + again.ids().length, { timeout: 20_000 }).toBe(12_000);
    expect([...slow.ids(), ...again.ids()]).toEqual(upTo(12_000));
  });
});

describe("a call's stream", () => {
  it('has its events by their numbers, from its beginning, and ends with it', async () => {
    const stage = await liveStage();
    const [call, another] = await openCalls(stage, 2);
    if (call === undefined || another === undefined) throw new Error('They were opened.');
    await stage.tell(another, 'call.accepted');
    await stage.tell(call, 'call.accepted');
    const client = await stage.connect(`call=${call.id}`);
    await expect.poll(client.ids, WAIT).toEqual([1]);
    await stage.tell(another, 'call.ringing_first');
    await stage.tell(call, 'call.ringing_first', stage.other);
    await stage.tell(call, 'call.ended');
    await expect.poll(client.ids, WAIT).toEqual([1, 2, 3]);
    expect(await client.ended).toBe(true);
    const again = await stage.connect(`call=${call.id}&after=1&over`);
    expect(await again.ended).toBe(true);
    expect(again.ids()).toEqual([2, 3]);
    expect((await stage.connect(`call=${call.id}&after=3&over`)).status).toBe(204);
  });
});

describe('a stream ends cleanly', () => {
  it('after its longest time', async () => {
    const stage = await liveStage({ longestMs: 50 });
    expect(await (await stage.connect()).ended).toBe(true);
  });

  it('when its key is worth nothing any more', async () => {
    const stage = await liveStage({ heartbeatMs: 30 });
    const client = await stage.connect();
    stage.forbid();
    expect(await client.ended).toBe(true);
  });

  it('when the server stops', async () => {
    const stage = await liveStage();
    const client = await stage.connect();
    stage.live.close();
    expect(await client.ended).toBe(true);
  });
});
