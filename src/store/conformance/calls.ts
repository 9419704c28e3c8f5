import { describe, expect, it } from 'vitest';
import { NEW_LIFE, type CallLife } from '../../calls/life.ts';
import type { Bench } from './describe-store.ts';
import { call, entry, newTenant, NOON, opening, SECOND, step } from './samples.ts';

const ENDED: CallLife = {
  ...NEW_LIFE,
  state: 'ended',
  disposition: 'busy',
  endedBy: 'second',
  endedAt: NOON,
  told: 1,
};

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
      const refused = call(await newTenant(store), {
        outcome: 'refused',
        life: ENDED,
        ...unknown,
        ...numbers,
      });
      await store.journal.refuse({ call: refused, entries: [entry('request'), entry('answer')] });
      expect(await store.journal.callById(refused.id)).toEqual(refused);
      expect(await store.journal.entriesOf(refused.id)).toHaveLength(2);
    });

    it('knows nothing of a call that was never opened', async () => {
      const { journal } = stores().store;
      expect(await journal.callById('nothing')).toBeUndefined();
      expect(await journal.entriesOf('nothing')).toEqual([]);
      expect(await journal.callVersion('nothing')).toBeUndefined();
      await expect(journal.advance(step(call('t', { id: 'nothing' }), 0))).rejects.toMatchObject({
        fault: 'rejected',
      });
      await expect(journal.append('nothing', [entry()])).rejects.toMatchObject({ fault: 'rejected' });
    });

    it('takes a call a step further, once from each version', async () => {
      const { store } = stores();
      const made = opening(await newTenant(store));
      await store.journal.open(made);
      const said = [entry('sent'), entry('received')];
      const next = step(made.call, 1, { entries: said, outcome: 'in_doubt', life: ENDED });
      expect(await store.journal.advance(next)).toBe(0);
      expect(await store.journal.advance({ ...next, outcome: 'failed' })).toBeUndefined();
      const now = { ...made.call, outcome: 'in_doubt', life: ENDED };
      expect(await store.journal.callVersion(made.call.id)).toEqual({ call: now, version: 3 });
      expect(await store.journal.entriesOf(made.call.id)).toEqual([...made.entries, ...said]);
    });

    it('lets one of two processes take a step, and adds its entries alone', async () => {
      const { store, other } = stores();
      const made = opening(await newTenant(store), { entries: [] });
      await store.journal.open(made);
      const [accepted, doubted] = (['accepted', 'in_doubt'] as const).map((outcome) =>
        step(made.call, 0, { outcome, entries: [entry('answer', { data: outcome })] }),
      );
      const places = await Promise.all([
        accepted && store.journal.advance(accepted),
        doubted && other.journal.advance(doubted),
      ]);
      expect(places.filter((place) => place === 0)).toHaveLength(1);
      const outcome = places[0] === 0 ? 'accepted' : 'in_doubt';
      expect(await store.journal.callById(made.call.id)).toMatchObject({ outcome });
      expect(await store.journal.entriesOf(made.call.id)).toMatchObject([{ data: outcome }]);
    });

    it("numbers an account's events in the order of their commits, without holes, whoever writes them", async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      const made = await Promise.all(
        Array.from({ length: 40 }, async (_, index) => {
          const each = opening(tenantId);
          await (index % 2 === 0 ? store : other).journal.open(each);
          return each.call;
        }),
      );
      const entries = [entry('heard'), entry('event'), entry('event')];
      const places = await Promise.all(
        made.map((each, index) =>
          (index % 2 === 0 ? store : other).journal.advance(step(each, 1, { entries })),
        ),
      );
      const sorted = places.map(Number).toSorted((a, b) => a - b);
      expect(sorted).toEqual(Array.from({ length: 40 }, (_, index) => 2 * (index + 1)));
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

    it('lists calls that are not over and that no process tends, oldest first, at most so many', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      // Long before every other call of this suite.
      const at = (askedAtMicros: number, tender: string) =>
        opening(tenantId, { call: call(tenantId, { askedAtMicros }), tender });
      await store.journal.beat('alive', NOON);
      await store.journal.beat('silent', NOON - 10 * SECOND);
      const [third, first, ended, second, tended] = [
        at(103, 'silent'),
        at(101, 'never-there'),
        at(100, 'silent'),
        at(102, 'silent'),
        at(99, 'alive'),
      ];
      for (const each of [third, first, ended, second, tended]) await store.journal.open(each);
      await store.journal.advance(step(ended.call, 1, { life: ENDED, tender: 'silent' }));
      const ours = async (before: number, limit: number) =>
        (await other.journal.untended(before, limit)).map((each) => each.call.id);
      expect(await ours(NOON - SECOND, 3)).toEqual([first.call.id, second.call.id, third.call.id]);
      expect(await ours(NOON - SECOND, 1)).toEqual([first.call.id]);
      // A step that says nothing of who tends the call leaves it to whoever did.
      const { tender: _, ...untendedStep } = step(tended.call, 1);
      await other.journal.advance(untendedStep);
      expect(await ours(NOON - SECOND, 1)).toEqual([first.call.id]);
      await store.journal.farewell('alive');
      expect(await ours(NOON - SECOND, 1)).toEqual([tended.call.id]);
      for (const each of [first, second, third])
        await store.journal.advance(step(each.call, 1, { life: ENDED }));
      expect(await ours(NOON - SECOND, 1)).not.toContain(first.call.id);
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
