import { describe, expect, it } from 'vitest';
import type { CallState } from '../../calls/call.ts';
import type { Bench } from './describe-store.ts';
import { call, entry, newTenant, NOON, opening } from './samples.ts';

const OUTCOMES: readonly CallState[] = ['accepted', 'failed', 'in_doubt'];

export function describeCalls({ stores }: Bench): void {
  describe('journal', () => {
    it('opens a call with its first entries', async () => {
      const { store } = stores();
      const made = opening(await newTenant(store), { entries: [entry('request'), entry('sent')] });
      expect(await store.journal.open(made)).toEqual({ repeatOf: undefined });
      expect(await store.journal.callById(made.call.id)).toEqual(made.call);
      expect(await store.journal.entriesOf(made.call.id)).toEqual(made.entries);
    });

    it('keeps what is not known of a refused request as not known', async () => {
      const { store } = stores();
      const unknown = { keyId: undefined, pbxId: undefined, pbxName: undefined };
      const numbers = { first: undefined, second: undefined, dialAs: undefined };
      const refused = call(await newTenant(store), { state: 'refused', ...unknown, ...numbers });
      await store.journal.refuse({ call: refused, entries: [entry('request'), entry('answer')] });
      expect(await store.journal.callById(refused.id)).toEqual(refused);
      expect(await store.journal.entriesOf(refused.id)).toHaveLength(2);
    });

    it('knows nothing of a call that was never opened', async () => {
      const { journal } = stores().store;
      expect(await journal.callById('nothing')).toBeUndefined();
      expect(await journal.entriesOf('nothing')).toEqual([]);
      await expect(journal.record('nothing', 'accepted', [])).rejects.toMatchObject({ fault: 'rejected' });
      await expect(journal.append('nothing', [entry()])).rejects.toMatchObject({ fault: 'rejected' });
    });

    it.each(OUTCOMES)('moves an originating call to %s once, and adds the entries once', async (outcome) => {
      const { store } = stores();
      const made = opening(await newTenant(store));
      await store.journal.open(made);
      const said = [entry('sent'), entry('received')];
      expect(await store.journal.record(made.call.id, outcome, said)).toBe(true);
      expect(await store.journal.record(made.call.id, 'failed', [entry('answer')])).toBe(false);
      expect(await store.journal.callById(made.call.id)).toEqual({ ...made.call, state: outcome });
      expect(await store.journal.entriesOf(made.call.id)).toEqual([...made.entries, ...said]);
    });

    it('never moves a refused call', async () => {
      const { store } = stores();
      const refused = call(await newTenant(store), { state: 'refused' });
      await store.journal.refuse({ call: refused, entries: [] });
      expect(await store.journal.record(refused.id, 'accepted', [entry()])).toBe(false);
      expect(await store.journal.callById(refused.id)).toEqual(refused);
      expect(await store.journal.entriesOf(refused.id)).toEqual([]);
    });

    it('lets one of two processes settle a call, and adds its entries alone', async () => {
      const { store, other } = stores();
      const made = opening(await newTenant(store), { entries: [] });
      await store.journal.open(made);
      const moved = await Promise.all([
        store.journal.record(made.call.id, 'accepted', [entry('answer', { data: 'accepted' })]),
        other.journal.record(made.call.id, 'in_doubt', [entry('settled', { data: 'in_doubt' })]),
      ]);
      expect(moved.filter(Boolean)).toHaveLength(1);
      const state = moved[0] ? 'accepted' : 'in_doubt';
      expect(await store.journal.callById(made.call.id)).toEqual({ ...made.call, state });
      expect(await store.journal.entriesOf(made.call.id)).toMatchObject([{ data: state }]);
    });

    it('gives entries in the order in which they were written, whatever their times', async () => {
      const { store } = stores();
      const made = opening(await newTenant(store), { entries: [entry('request', { atMicros: NOON })] });
      await store.journal.open(made);
      const written = Array.from({ length: 40 }, (_, index) =>
        entry('repeat', { atMicros: NOON - index, data: index }),
      );
      // All at once: they share batches, and still go in the order of the calls.
      await Promise.all(written.map((each) => store.journal.append(made.call.id, [each])));
      expect(await store.journal.entriesOf(made.call.id)).toEqual([...made.entries, ...written]);
    });

    it('numbers the entries of two processes without a clash', async () => {
      const { store, other } = stores();
      const made = opening(await newTenant(store), { entries: [] });
      await store.journal.open(made);
      const appends = Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? store : other).journal.append(made.call.id, [entry('repeat', { data: index })]),
      );
      await Promise.all(appends);
      const indices = (await store.journal.entriesOf(made.call.id)).map(({ data }) => Number(data));
      expect(indices.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    });

    it('lists calls still originating, oldest first, asked for before a time, at most so many', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      // Long before every other call of this suite.
      const at = (askedAtMicros: number) => opening(tenantId, { call: call(tenantId, { askedAtMicros }) });
      const [third, first, settled, second] = [at(103), at(101), at(100), at(102)];
      for (const each of [third, first, settled, second]) await store.journal.open(each);
      await store.journal.record(settled.call.id, 'accepted', []);
      expect(await store.journal.unsettled(103, 10)).toEqual([first.call, second.call]);
      expect(await store.journal.unsettled(NOON, 1)).toEqual([first.call]);
      for (const each of [first, second, third]) await store.journal.record(each.call.id, 'in_doubt', []);
      expect(await store.journal.unsettled(NOON, 10)).toEqual([]);
    });

    it('rejects what clashes, and writes everything else of the same batch', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const taken = opening(tenantId);
      await store.journal.open(taken);
      const good = Array.from({ length: 20 }, () => opening(tenantId));
      const bad = [opening(tenantId, { call: taken.call }), opening('no-such-account')];
      const all = [...good.slice(0, 7), ...bad, ...good.slice(7)];
      const results = await Promise.allSettled(all.map((each) => store.journal.open(each)));
      const failed = results.flatMap((result) =>
        result.status === 'rejected' ? [result.reason as unknown] : [],
      );
      expect(failed).toMatchObject([{ fault: 'rejected' }, { fault: 'rejected' }]);
      for (const { call } of good) expect(await store.journal.callById(call.id)).toEqual(call);
      expect(await store.journal.entriesOf(taken.call.id)).toHaveLength(1);
    });
  });
}
