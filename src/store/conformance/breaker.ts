import { describe, expect, it } from 'vitest';
import { newId } from '../../kit/ids.ts';
import type { Freeze } from '../../switchboard/breaker/ports.ts';
import type { Bench } from './describe-store.ts';
import { act, key, newTenant, NOON, webhook } from './samples.ts';

const DAY = 20_000;

function freeze(tenantId: string, change: Partial<Freeze> = {}): Freeze {
  return {
    keyId: newId(),
    tenantId,
    frozenAtMicros: NOON,
    reason: '5 calls in 2 minutes to Cuba (CU)',
    counts: [['c:CU', 1]],
    unfrozenAtMicros: undefined,
    ...change,
  };
}

export function describeBreaker({ stores }: Bench): void {
  describe('breaker', () => {
    it('freezes a key once, in every process, and unfreezes it for its own account alone', async () => {
      const { store, other } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      const frozen = freeze(ours);
      expect(await other.breaker.freezeOf(frozen.keyId)).toBeUndefined();
      expect(await store.breaker.freeze(frozen, act())).toBe(true);
      expect(await other.breaker.freeze({ ...frozen, reason: 'again' }, act())).toBe(false);
      expect(await other.breaker.freezeOf(frozen.keyId)).toEqual(frozen);
      expect(await store.breaker.frozenKeys(ours)).toEqual([frozen]);
      expect(await store.breaker.frozenKeys(theirs)).toEqual([]);

      const at = act({ atMicros: NOON + 5 });
      expect(await store.breaker.unfreeze(theirs, frozen.keyId, [], at)).toBe(false);
      const learnt = [{ keyId: frozen.keyId, day: DAY - 8, name: 'c:CU', calls: 1 }];
      expect(await store.breaker.unfreeze(ours, frozen.keyId, learnt, at)).toBe(true);
      expect(await store.breaker.unfreeze(ours, frozen.keyId, learnt, at)).toBe(false);
      expect(await other.breaker.freezeOf(frozen.keyId)).toEqual({
        ...frozen,
        frozenAtMicros: undefined,
        unfrozenAtMicros: NOON + 5,
      });
      expect(await other.breaker.habitsOf(frozen.keyId, 0)).toEqual([
        ['c:CU', { firstDay: DAY - 8, lastDay: DAY - 8, calls: 1 }],
      ]);
      expect(await store.breaker.freeze(frozen, act())).toBe(true);
      expect(await store.breaker.frozenKeys(ours)).toHaveLength(1);
    });

    it('tells the webhooks that want it, with the freeze and once', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const [all, some] = [webhook(tenantId), webhook(tenantId, { types: ['call.ended'] })];
      for (const each of [all, some, webhook(await newTenant(store))]) await store.webhooks.add(each, act());
      const frozen = freeze(tenantId);
      await store.breaker.freeze(frozen, act());
      await store.breaker.freeze(frozen, act());
      const { keyId: id, reason } = frozen;
      expect(await store.webhooks.deliveries(all.id, undefined, 10)).toMatchObject([
        {
          type: 'key.frozen',
          number: 0,
          callId: undefined,
          state: 'pending',
          about: { key: { id, reason } },
        },
      ]);
      expect(await store.webhooks.deliveries(some.id, undefined, 10)).toEqual([]);
    });

    it('lets a key that takes the place of another one be used to the same', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const [old, young] = [key(tenantId), key(tenantId)];
      await store.keys.addKey(old, act());
      await store.breaker.learn([{ keyId: old.id, day: DAY, name: 'c:DE', calls: 7 }]);
      expect(await store.keys.rotateKey(young, old.id, NOON + 1, [act()])).toBe(true);
      expect(await store.breaker.habitsOf(young.id, 0)).toEqual(await store.breaker.habitsOf(old.id, 0));
      expect(await store.breaker.habitsOf(young.id, 0)).toHaveLength(1);
    });

    it('adds to the counts of a key from every process, and forgets what is old', async () => {
      const { store, other } = stores();
      const [keyId, another] = [newId(), newId()];
      const learnt = (day: number, name: string, calls: number) => ({ keyId, day, name, calls });
      const anothers = { ...learnt(DAY, 'c:DE', 9), keyId: another };
      await Promise.all([
        store.breaker.learn([learnt(DAY, 'c:DE', 2), learnt(DAY, 'h:33', 2), anothers]),
        other.breaker.learn([learnt(DAY, 'h:33', 1), learnt(DAY, 'c:DE', 3), learnt(DAY + 1, 'c:DE', 1)]),
      ]);
      expect(new Map(await store.breaker.habitsOf(keyId, DAY))).toEqual(
        new Map([
          ['c:DE', { firstDay: DAY, lastDay: DAY + 1, calls: 6 }],
          ['h:33', { firstDay: DAY, lastDay: DAY, calls: 3 }],
        ]),
      );
      await store.breaker.forget(keyId, DAY + 1);
      expect(await other.breaker.habitsOf(keyId, 0)).toEqual([
        ['c:DE', { firstDay: DAY + 1, lastDay: DAY + 1, calls: 1 }],
      ]);
      expect(await other.breaker.habitsOf(another, 0)).toHaveLength(1);
    });
  });
}
