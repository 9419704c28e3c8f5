import { describe, expect, it } from 'vitest';
import type { CallLife } from '../../calls/life.ts';
import { NEW_LIFE } from '../../calls/life.ts';
import type { CallRecord, EventData, JournalEntry } from '../../switchboard/ports.ts';
import type { Bench } from './describe-store.ts';
import { entry, newTenant, NOON, opening, step } from './samples.ts';
import type { Store } from '../open-store.ts';

/** An event as a step of a call writes it. */
export function event(type: EventData['type'], number: number): JournalEntry {
  const life: CallLife = { ...NEW_LIFE, told: number };
  const data: EventData = { type, number, life };
  return entry('event', { atMicros: NOON + number, data });
}

/** Opens a call, which tells so many events in one step. */
export async function tell(store: Store, tenantId: string, ...events: JournalEntry[]): Promise<CallRecord> {
  const made = opening(tenantId);
  await store.journal.open(made);
  await store.journal.advance(step(made.call, 1, { entries: [entry('heard'), ...events] }));
  return made.call;
}

export function describeEvents({ stores }: Bench): void {
  describe('events', () => {
    it("gives an account's feed from any place on, a page at a time, as it was told", async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      expect(await store.events.headOf(tenantId)).toBe(0);
      expect(await store.events.eventsAfter(tenantId, 0, 10)).toEqual([]);
      const first = await tell(store, tenantId, event('call.accepted', 1), event('call.ringing_first', 2));
      const second = await tell(other, tenantId, event('call.accepted', 1));
      expect(await store.events.headOf(tenantId)).toBe(3);
      const told = await other.events.eventsAfter(tenantId, 0, 10);
      expect(told.map(({ position }) => position)).toEqual([1, 2, 3]);
      const { id, first: dialFirst, second: dialSecond, dialAs, pbxName, reference, askedAtMicros } = first;
      expect(told[1]).toEqual({
        position: 2,
        call: { id, first: dialFirst, second: dialSecond, dialAs, pbxName, reference, askedAtMicros },
        atMicros: NOON + 2,
        event: { type: 'call.ringing_first', number: 2, life: { ...NEW_LIFE, told: 2 } },
      });
      expect(told[2]?.call.id).toBe(second.id);
      expect(await store.events.eventsAfter(tenantId, 1, 1)).toEqual([told[1]]);
      expect(await store.events.eventsAfter(tenantId, 3, 10)).toEqual([]);
    });

    it('gives the events of one call alone, in their order', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const call = await tell(store, tenantId, event('call.accepted', 1), event('call.ended', 2));
      await tell(store, tenantId, event('call.accepted', 1));
      const told = await store.events.eventsOf(call.id);
      expect(told.map(({ event: { type, number } }) => [type, number])).toEqual([
        ['call.accepted', 1],
        ['call.ended', 2],
      ]);
      expect(await store.events.eventsOf('nothing\0')).toEqual([]);
    });

    it("never gives another account's events", async () => {
      const { store } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      await tell(store, theirs, event('call.accepted', 1));
      expect(await store.events.headOf(ours)).toBe(0);
      expect(await store.events.eventsAfter(ours, 0, 10)).toEqual([]);
    });
  });
}
