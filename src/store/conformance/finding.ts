import { describe, expect, it } from 'vitest';
import { NEW_LIFE } from '../../calls/life.ts';
import { idTimeBound } from '../../kit/ids.ts';
import type { CallFilter, CallQuery, CallRecord } from '../../switchboard/ports.ts';
import type { Store } from '../open-store.ts';
import type { Bench } from './describe-store.ts';
import { LOOKED_AT_MAX } from '../statements/find-calls.ts';
import { call, entry, newTenant, NOON, opening, SECOND } from './samples.ts';

/** Calls of an account, one a second from noon on, whose ids tell their time as ours do. */
async function callsBySecond(
  store: Store,
  tenantId: string,
  changes: readonly Partial<CallRecord>[],
): Promise<CallRecord[]> {
  const calls = changes.map((change, index) => {
    const askedAtMicros = NOON + index * SECOND;
    const rest = call(tenantId).id.slice('xxxxxxxx-xxxx'.length);
    return call(tenantId, { id: `${idTimeBound(askedAtMicros)}${rest}`, askedAtMicros, ...change });
  });
  await Promise.all(calls.map((each) => store.journal.open(opening(tenantId, { call: each }))));
  return calls;
}

export function describeFinding({ stores }: Bench): void {
  describe('finding calls', () => {
    it("lists an account's calls newest first, a page at a time, and nobody else's", async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      const calls = await callsBySecond(
        store,
        tenantId,
        Array.from({ length: 25 }, () => ({})),
      );
      await callsBySecond(store, await newTenant(store), [{}, {}]);
      const pages: string[] = [];
      let afterId: string | undefined;
      do {
        const page = await other.journal.callsOf({ tenantId, filter: {}, afterId, limit: 10 });
        afterId = page.next;
        pages.push(...page.calls.map(({ id }) => id));
      } while (afterId !== undefined);
      expect(pages).toEqual(calls.map(({ id }) => id).toReversed());
    });

    it('finds by each thing that can be asked, alone and together', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const calls = await callsBySecond(store, tenantId, [
        { first: '201' },
        { second: '202', reference: 'order 7' },
        { pbxName: 'branch \0 "' },
        { life: { ...NEW_LIFE, state: 'ended', disposition: 'busy' } },
        { first: '201', second: '202', life: { ...NEW_LIFE, state: 'unknown', disposition: 'unknown' } },
      ]);
      const found = async (filter: CallFilter) =>
        (await store.journal.callsOf({ tenantId, filter, limit: 10 })).calls.map(({ id }) =>
          calls.findIndex((each) => each.id === id),
        );
      expect(await found({ first: '201' })).toEqual([4, 0]);
      expect(await found({ second: '202' })).toEqual([4, 1]);
      expect(await found({ first: '201', second: '202' })).toEqual([4]);
      expect(await found({ reference: 'order 7' })).toEqual([1]);
      expect(await found({ pbxName: 'branch \0 "' })).toEqual([2]);
      expect(await found({ state: 'ended' })).toEqual([3]);
      expect(await found({ disposition: 'unknown' })).toEqual([4]);
      expect(await found({ state: 'originating', second: '202' })).toEqual([1]);
      expect(await found({ reference: 'order' })).toEqual([]);
      expect(await found({ fromMicros: NOON + SECOND, toMicros: NOON + 3 * SECOND })).toEqual([2, 1]);
      expect(await found({ fromMicros: NOON + 5 * SECOND })).toEqual([]);
    });

    it('finds by the key that asked, and by either of several things', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const calls = await callsBySecond(store, tenantId, [
        { first: '301' },
        { second: '301', keyId: 'a-key' },
        { first: '301', second: '301' },
        { reference: '301' },
        {},
        { second: '301', life: { ...NEW_LIFE, state: 'ended', disposition: 'busy' } },
      ]);
      const either = [{ first: '301' }, { second: '301' }, { reference: '301' }];
      const found = async (query: Omit<CallQuery, 'tenantId'>) => {
        const { calls: page, next } = await store.journal.callsOf({ tenantId, ...query });
        return { found: page.map(({ id }) => calls.findIndex((each) => each.id === id)), next };
      };
      expect(await found({ filter: { keyId: 'a-key' }, limit: 9 })).toMatchObject({ found: [1] });
      expect(await found({ filter: {}, either, limit: 9 })).toEqual({
        found: [5, 3, 2, 1, 0],
        next: undefined,
      });
      expect(await found({ filter: { disposition: 'busy' }, either, limit: 9 })).toMatchObject({
        found: [5],
      });
      expect(await found({ filter: { first: '302' }, either, limit: 9 })).toMatchObject({ found: [] });
      const page = await found({ filter: {}, either, limit: 2 });
      expect(page.found).toEqual([5, 3]);
      expect(await found({ filter: {}, either, limit: 2, afterId: page.next })).toMatchObject({
        found: [2, 1],
      });
    });

    it('finds by time what was asked for within, however far apart id and time are', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const days = Array.from({ length: 5 }, (_, index) => NOON + index * 86_400 * SECOND);
      for (const askedAtMicros of days) {
        const made = call(tenantId, { askedAtMicros });
        const id = `${idTimeBound(askedAtMicros + SECOND)}${made.id.slice(13)}`;
        await store.journal.open(opening(tenantId, { call: { ...made, id } }));
      }
      const [from = 0, to = 0] = days.slice(1, 3);
      const found = await store.journal.callsOf({
        tenantId,
        filter: { fromMicros: from, toMicros: to },
        limit: 10,
      });
      expect(found.calls.map(({ askedAtMicros }) => askedAtMicros)).toEqual([from]);
    });

    it('looks at so many calls for a page of what is rare together, and goes on from there', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const busy = { life: { ...NEW_LIFE, state: 'ended', disposition: 'busy' } } as const;
      const [oldest] = await callsBySecond(store, tenantId, [
        busy,
        ...Array.from({ length: LOOKED_AT_MAX + 5 }, () => ({})),
      ]);
      const query = { tenantId, filter: { first: '101', disposition: 'busy' }, limit: 10 } as const;
      const page = await store.journal.callsOf(query);
      expect(page.calls).toEqual([]);
      const next = await store.journal.callsOf({ ...query, afterId: page.next });
      expect(next).toEqual({ calls: [oldest], next: undefined });
      // One way ends at what was looked at, and the other has found the oldest call: it comes in its turn.
      const either = [{ first: '101' }, { second: '15551234567', reference: 'none' }];
      const mixed = { tenantId, filter: { disposition: 'busy' }, either, limit: 10 } as const;
      const first = await store.journal.callsOf(mixed);
      expect(first.calls).toEqual([]);
      expect(await store.journal.callsOf({ ...mixed, afterId: first.next })).toEqual({
        calls: [oldest],
        next: undefined,
      });
    });

    it("gives a journal's entries with their numbers in the order of their times, a page at a time", async () => {
      const { store } = stores();
      const at = (later: number) => ({ atMicros: NOON + later });
      const made = opening(await newTenant(store), {
        entries: [
          entry('request', at(0)),
          entry('heard', at(5)),
          entry('sent', at(2)),
          entry('received', at(2)),
          entry('answer', at(5)),
        ],
      });
      await store.journal.open(made);
      const { id } = made.call;
      const first = await store.journal.entriesAfter(id, undefined, 2);
      expect(first).toMatchObject([
        { seq: 0, kind: 'request' },
        { seq: 2, kind: 'sent' },
      ]);
      const rest = await store.journal.entriesAfter(id, first.at(-1), 9);
      expect(rest).toMatchObject([
        { seq: 3, kind: 'received' },
        { seq: 1, kind: 'heard' },
        { seq: 4, kind: 'answer' },
      ]);
      expect(await store.journal.entriesAfter(id, rest.at(-1), 2)).toEqual([]);
    });
  });
}
