import { describe, expect, it } from 'vitest';
import { newId } from '../../kit/ids.ts';
import type { DeliveryRecord, Settlement, WebhookRecord } from '../../webhooks/ports.ts';
import type { Store } from '../open-store.ts';
import type { Bench } from './describe-store.ts';
import { event, tell } from './events.ts';
import { act, entry, newTenant, NOON, opening, SECOND, step, webhook } from './samples.ts';

const DAY = 86_400 * SECOND;
const LATER = NOON + 10;
const LEASE = LATER + 20 * SECOND;

async function added(
  store: Store,
  tenantId: string,
  change: Partial<WebhookRecord> = {},
): Promise<WebhookRecord> {
  const made = webhook(tenantId, change);
  await store.webhooks.add(made, act());
  return made;
}

async function taken(
  store: Store,
  { id }: WebhookRecord,
  now = LATER,
  limit = 10,
): Promise<DeliveryRecord[]> {
  return [...((await store.webhooks.claim(id, now, now + 20 * SECOND, limit))?.deliveries ?? [])];
}

function settlement(delivery: DeliveryRecord, change: Partial<Settlement> = {}): Settlement {
  const { webhookId, id: deliveryId, attempts: number } = delivery;
  return {
    webhookId,
    attempt: {
      deliveryId,
      number,
      atMicros: LATER,
      durationMicros: 1_234,
      status: 200,
      error: '',
      response: 'ok',
    },
    outcome: 'delivered',
    dueAtMicros: LATER + 60 * SECOND,
    retryAtMicros: LATER + 5 * SECOND,
    ...change,
  };
}

const numbers = (deliveries: readonly DeliveryRecord[]) => deliveries.map(({ number }) => number);
const three = [event('call.accepted', 1), event('call.ringing_first', 2), event('call.ended', 3)];

export function describeWebhooks({ stores }: Bench): void {
  describe('webhooks', () => {
    it('gives a webhook back as it was added and changed, to its account alone', async () => {
      const { store, other } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      const made = await added(store, ours);
      const { id } = made;
      expect(await other.webhooks.webhooksOf(ours)).toEqual([made]);
      expect(await other.webhooks.webhook(ours, id)).toEqual(made);
      expect(await other.webhooks.webhook(theirs, id)).toBeUndefined();
      expect(await other.webhooks.webhook(ours, 'nothing\0')).toBeUndefined();
      const change = { url: 'http://x', types: ['call.ended', 'call.accepted'], label: '"' } as const;
      expect(await store.webhooks.change(theirs, id, change, act())).toBe(false);
      expect(await store.webhooks.change(ours, id, change, act())).toBe(true);
      expect(await store.webhooks.rotate(ours, id, 'v2.0a1b2c3d.bmV3', act())).toBe(true);
      expect(await store.webhooks.pause(ours, id, 'Out of order.', act())).toBe(true);
      const state = { state: 'paused', reason: 'Out of order.' } as const;
      expect(await store.webhooks.webhook(ours, id)).toEqual({
        ...made,
        ...change,
        ...state,
        sealed: 'v2.0a1b2c3d.bmV3',
      });
      expect(await store.webhooks.remove(theirs, id, act())).toBe(false);
      expect(await store.webhooks.remove(ours, id, act())).toBe(true);
      expect(await store.webhooks.remove(ours, id, act())).toBe(false);
      expect(await store.webhooks.resume(ours, id, NOON, act())).toBe(false);
      expect(await store.webhooks.webhooksOf(ours)).toEqual([]);
    });

    it('has its secrets sealed anew like those of a PBX', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const { id, sealed } = await added(store, tenantId);
      const text = { place: id, sealed };
      expect(await store.directory.sealedTexts()).toContainEqual(text);
      expect(await store.directory.reseal(text, 'v2.0a1b2c3d.bmV3')).toBe(true);
      expect(await store.directory.reseal(text, 'v2.0a1b2c3d.bmV3ZXI')).toBe(false);
      expect(await store.webhooks.webhook(tenantId, id)).toMatchObject({ sealed: 'v2.0a1b2c3d.bmV3' });
    });

    it('says which accounts have active ones, as soon as any process has changed that', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      const has = async () => (await other.webhooks.tenants()).has(tenantId);
      expect(await has()).toBe(false);
      const { id } = await added(store, tenantId);
      await expect.poll(has).toBe(true);
      await store.webhooks.pause(tenantId, id, 'x', act());
      await expect.poll(has).toBe(false);
    });

    it('queues an event for every webhook that wants it, also for a paused one, and for nobody else', async () => {
      const { store } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      const all = await added(store, ours);
      const paused = await added(store, ours, { state: 'paused', reason: 'x' });
      const some = await added(store, ours, { types: ['call.ended', 'call.in_doubt'] });
      const [foreign, removed] = [await added(store, theirs), await added(store, ours)];
      await store.webhooks.remove(ours, removed.id, act());
      const call = await tell(store, ours, ...three);
      const queued = async ({ id }: WebhookRecord) =>
        (await store.webhooks.deliveries(id, undefined, 10)).toReversed();
      expect(numbers(await queued(all))).toEqual([1, 2, 3]);
      expect(numbers(await queued(paused))).toEqual([1, 2, 3]);
      expect(numbers(await queued(some))).toEqual([3]);
      expect([await queued(foreign), await queued(removed)]).toEqual([[], []]);
      const [first] = await queued(all);
      expect(first).toEqual({
        webhookId: all.id,
        id: first?.id,
        callId: call.id,
        seq: 2,
        type: 'call.accepted',
        number: 1,
        state: 'pending',
        attempts: 0,
        dueAtMicros: NOON + 1,
        untilMicros: NOON + 1 + DAY,
        createdAtMicros: NOON + 1,
      });
    });

    it('queues nothing of a step that is not written', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const { id } = await added(store, tenantId);
      const made = opening(tenantId);
      await store.journal.open(made);
      const late = step(made.call, 7, {
        entries: [entry('event', { data: { type: 'call.ended', number: 1 } })],
      });
      expect(await store.journal.advance(late)).toBeUndefined();
      expect(await store.webhooks.deliveries(id, undefined, 10)).toEqual([]);
    });

    it("lets a call's later event be taken up when the earlier one is settled, and holds up no other call", async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      const hook = await added(store, tenantId);
      await tell(store, tenantId, ...three);
      await tell(store, tenantId, event('call.accepted', 1));
      const now = [...(await taken(store, hook)), ...(await taken(other, hook))];
      expect(numbers(now)).toEqual([1, 1]);
      const [first] = now;
      if (first === undefined) throw new Error('Two were taken up.');
      await store.webhooks.settle(settlement(first, { outcome: 'retry' }));
      expect(await taken(other, hook)).toEqual([]);
      await store.webhooks.settle(settlement(first));
      const [second, ...more] = await taken(other, hook);
      expect([second?.number, more]).toEqual([2, []]);
      if (second === undefined) throw new Error('It was taken up.');
      await store.webhooks.settle(settlement(second, { outcome: 'given_up' }));
      expect(numbers(await taken(other, hook, LATER + 5 * SECOND))).toEqual([3]);
    });

    it('gives nothing to two processes, and what one of them left to the other', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      const hook = await added(store, tenantId);
      await Promise.all(Array.from({ length: 60 }, () => tell(store, tenantId, ...three)));
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, index) => taken(index % 2 === 0 ? store : other, hook, LATER, 5)),
      );
      const ids = claims.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      // One that steps aside for the other may come away with fewer.
      const rest = await taken(store, hook, LATER, 100);
      expect(new Set([...ids, ...rest.map(({ id }) => id)]).size).toBe(60);
      expect(await taken(other, hook, LATER, 100)).toEqual([]);
      const again = await taken(other, hook, LEASE, 100);
      expect(again).toHaveLength(60);
      expect(new Set(again.map(({ attempts }) => attempts))).toEqual(new Set([2]));
    });

    it('lets a late failure change nothing of what somebody else has taken up, and a late success end it', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const hook = await added(store, tenantId);
      await tell(store, tenantId, event('call.accepted', 1));
      const [slow] = await taken(store, hook);
      const [quick] = await taken(store, hook, LEASE);
      if (slow === undefined || quick === undefined) throw new Error('Both were taken up.');
      await store.webhooks.settle(settlement(slow, { outcome: 'given_up' }));
      expect(await store.webhooks.delivery(hook.id, slow.id)).toEqual(quick);
      await store.webhooks.settle(settlement(slow));
      expect(await store.webhooks.delivery(hook.id, slow.id)).toMatchObject({ state: 'delivered' });
    });

    it('keeps what came of each attempt', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const hook = await added(store, tenantId);
      await tell(store, tenantId, event('call.accepted', 1));
      const [first] = await taken(store, hook);
      if (first === undefined) throw new Error('It was taken up.');
      const failed = settlement(first, { outcome: 'retry' });
      const attempt = {
        ...failed.attempt,
        status: undefined,
        error: 'connect ECONNREFUSED',
        response: '\0"',
      };
      await store.webhooks.settle({ ...failed, attempt });
      expect(await store.webhooks.delivery(hook.id, first.id)).toMatchObject({
        state: 'pending',
        dueAtMicros: failed.dueAtMicros,
      });
      expect(await taken(store, hook, failed.dueAtMicros - 1)).toEqual([]);
      const [second] = await taken(store, hook, failed.dueAtMicros);
      if (second === undefined) throw new Error('It was taken up.');
      const done = settlement(second);
      await store.webhooks.settle(done);
      expect(await store.webhooks.attempts(hook.id, first.id, first.id)).toEqual([attempt, done.attempt]);
      expect(await store.webhooks.due(failed.dueAtMicros, { tenantId })).toEqual([]);
    });

    it('leaves a failing webhook alone for a while, then tries one at a time, until one arrives', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const hook = await added(store, tenantId);
      for (let calls = 0; calls < 4; calls += 1) await tell(store, tenantId, event('call.accepted', 1));
      const [one, two] = await taken(store, hook, LATER, 2);
      if (one === undefined || two === undefined) throw new Error('Two were taken up.');
      const failed = [one, two].map((each) => settlement(each, { outcome: 'retry' }));
      const since = await Promise.all(failed.map((each) => store.webhooks.settle(each)));
      expect(since).toEqual([LATER + 1_234, undefined]);
      expect(await store.webhooks.due(LATER, { tenantId })).toEqual([]);
      expect(await taken(store, hook)).toEqual([]);
      const soon = LATER + 5 * SECOND;
      // Both had begun before the first failure was known: they are one.
      expect(await store.webhooks.due(soon, { tenantId })).toEqual([{ id: hook.id, failures: 1 }]);
      expect(await store.webhooks.due(soon, { webhookId: hook.id })).toHaveLength(1);
      expect((await store.webhooks.due(soon, {})).map(({ id }) => id)).toContain(hook.id);
      const [probe, ...more] = await taken(store, hook, soon);
      expect(more).toEqual([]);
      const failing = await store.webhooks.webhook(tenantId, hook.id);
      expect(failing?.failingSinceMicros).toBe(LATER + 1_234);
      if (probe === undefined) throw new Error('One was taken up.');
      await store.webhooks.settle(settlement(probe));
      expect(await store.webhooks.webhook(tenantId, hook.id)).toEqual(hook);
      expect(await taken(store, hook, soon)).toHaveLength(1);
    });

    it('pauses a webhook that failed for too long, says so, and keeps what is due until it is resumed', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      const hook = await added(store, tenantId, { failingSinceMicros: LATER - DAY });
      await tell(store, tenantId, event('call.accepted', 1));
      await tell(store, tenantId, event('call.accepted', 1));
      const [probe] = await taken(store, hook);
      if (probe === undefined) throw new Error('It was taken up.');
      const since = await store.webhooks.settle(settlement(probe, { outcome: 'retry' }));
      expect(since).toBe(LATER - DAY);
      const says = 'Nothing was delivered for a day.';
      await store.webhooks.pauseFailing(hook.id, LATER - DAY - 1, 'Not yet.', act());
      expect(await store.webhooks.webhook(tenantId, hook.id)).toMatchObject({ state: 'active' });
      await store.webhooks.pauseFailing(hook.id, LATER - DAY, says, act({ log: tenantId, subject: hook.id }));
      await store.webhooks.pauseFailing(hook.id, LATER, 'Again.', act({ log: tenantId }));
      expect(await store.webhooks.webhook(tenantId, hook.id)).toMatchObject({
        state: 'paused',
        reason: says,
      });
      expect(await store.audit.newest(10, tenantId)).toMatchObject([{ subject: hook.id }]);
      await expect.poll(async () => (await other.webhooks.tenants()).has(tenantId)).toBe(false);
      expect(await store.webhooks.due(NOON + DAY, { tenantId })).toEqual([]);
      expect(await store.webhooks.claim(hook.id, NOON + DAY, LEASE, 1)).toBeUndefined();
      await store.webhooks.resume(tenantId, hook.id, LATER + 1, act());
      expect(await taken(store, hook, LATER + 1)).toHaveLength(2);
    });

    it('gives up what is past its time, unsent', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const hook = await added(store, tenantId);
      await tell(store, tenantId, event('call.accepted', 1));
      expect(await taken(store, hook, NOON + 2 + DAY)).toEqual([]);
      const [given] = await store.webhooks.deliveries(hook.id, undefined, 10);
      expect(given).toMatchObject({ state: 'given_up', attempts: 0 });
    });

    it('queues a delivery again, and gives back what was taken up and not sent', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const hook = await added(store, tenantId);
      await tell(store, tenantId, event('call.accepted', 1));
      const [first] = await taken(store, hook);
      if (first === undefined) throw new Error('It was taken up.');
      await store.webhooks.settle(settlement(first));
      expect(await store.webhooks.requeue(hook.id, 'nothing', LATER, LATER + DAY)).toBe(false);
      expect(await store.webhooks.requeue(hook.id, first.id, LATER, LATER + DAY)).toBe(true);
      const [again] = await taken(store, hook);
      expect(again).toMatchObject({ id: first.id, attempts: 2, untilMicros: LATER + DAY });
      if (again === undefined) throw new Error('It was taken up.');
      await store.webhooks.release(again, LATER);
      expect(await taken(store, hook)).toMatchObject([{ id: first.id, attempts: 3 }]);
    });

    it('delivers a test like an event, and knows the event of every other delivery', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const hook = await added(store, tenantId);
      const call = await tell(store, tenantId, event('call.accepted', 1));
      const [told] = await taken(store, hook);
      if (told === undefined) throw new Error('It was taken up.');
      expect(await store.webhooks.eventOf(told)).toEqual((await store.events.eventsOf(call.id))[0]);
      const test: DeliveryRecord = {
        ...told,
        id: newId(),
        callId: undefined,
        seq: undefined,
        type: 'webhook.test',
        number: 0,
        attempts: 0,
        dueAtMicros: LATER,
      };
      await store.webhooks.queueTest(test);
      expect(await taken(store, hook)).toMatchObject([{ id: test.id, attempts: 1 }]);
      expect(await store.webhooks.eventOf(test)).toBeUndefined();
    });

    it('lists deliveries a page at a time, newest first, and prunes them oldest first', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const hook = await added(store, tenantId);
      for (let calls = 0; calls < 5; calls += 1) await tell(store, tenantId, event('call.accepted', 1));
      for (const each of await taken(store, hook)) await store.webhooks.settle(settlement(each));
      const all = await store.webhooks.deliveries(hook.id, undefined, 10);
      expect(all).toHaveLength(5);
      expect(await store.webhooks.deliveries(hook.id, all[1]?.id, 2)).toEqual(all.slice(2, 4));
      const [newest] = all;
      expect(await store.webhooks.prune(hook.id, newest?.id ?? '', 3)).toBe(3);
      expect(await store.webhooks.deliveries(hook.id, undefined, 10)).toEqual(all.slice(0, 2));
      expect(await store.webhooks.attempts(hook.id, '', 'g')).toHaveLength(2);
      expect(await store.webhooks.prune(hook.id, newest?.id ?? '', 3)).toBe(1);
      expect(await store.webhooks.prunable()).toContainEqual({ id: hook.id, isRemoved: false });
      await store.webhooks.forget(hook.id);
      expect(await store.webhooks.webhook(tenantId, hook.id)).toEqual(hook);
      await store.webhooks.remove(tenantId, hook.id, act());
      expect(await store.webhooks.prunable()).toContainEqual({ id: hook.id, isRemoved: true });
      await store.webhooks.forget(hook.id);
      expect((await store.webhooks.prunable()).map(({ id }) => id)).not.toContain(hook.id);
    });
  });
}
