import { describe, expect, it } from 'vitest';
import type { Bench } from './describe-store.ts';
import { act, link, newTenant, NOON, SECOND } from './samples.ts';

export function describeLinks({ stores }: Bench): void {
  describe('click links', () => {
    it('finds a link by its hash, and by its id in its own account alone', async () => {
      const { store } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      const added = link(ours, {
        dialAs: '201',
        pbx: 'main',
        keyId: 'a-key',
        label: '\0 <b>"hostile"\uD800',
      });
      await store.links.addLink(added, act());
      expect(await store.links.linkByHash(added.hash)).toEqual(added);
      expect(await store.links.linkById(ours, added.id)).toEqual(added);
      expect(await store.links.linkById(theirs, added.id)).toBeUndefined();
      expect(await store.links.linkByHash(added.hash.replace(/^./, 'x'))).toBeUndefined();
    });

    it("gives an account's links, newest first, page by page", async () => {
      const { store } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      const ids = ['a', 'b', 'c'].map((end) => `019b2f3e-8a51-7c3e-9f0d-${ours.slice(-11)}${end}`);
      for (const id of ids) await store.links.addLink(link(ours, { id }), act());
      await store.links.addLink(link(theirs), act());
      const [first, second] = await store.links.linksOf(ours, undefined, 2);
      expect([first?.id, second?.id]).toEqual([ids[2], ids[1]]);
      expect((await store.links.linksOf(ours, second?.id, 2)).map(({ id }) => id)).toEqual([ids[0]]);
    });

    it('is used so many times as it may, whoever asks at the same time, from all processes together', async () => {
      const { store, other } = stores();
      const added = link(await newTenant(store), { uses: 3 });
      await store.links.addLink(added, act());
      const taken = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          (at % 2 === 0 ? store : other).links.takeUse(added.id, NOON, 0),
        ),
      );
      expect(taken.filter(Boolean)).toHaveLength(3);
      expect(await other.links.linkByHash(added.hash)).toMatchObject({ used: 3, usedAtMicros: NOON });
    });

    it('takes a double click for one, and a clock that was set back for no click', async () => {
      const { store } = stores();
      const added = link(await newTenant(store), { uses: 9 });
      await store.links.addLink(added, act());
      const take = (at: number) => store.links.takeUse(added.id, at, SECOND);
      expect(await take(NOON)).toBe(true);
      expect(await take(NOON + SECOND - 1)).toBe(false);
      expect(await take(NOON + SECOND)).toBe(true);
      expect(await take(NOON - SECOND)).toBe(true);
    });

    it('gives a use back, and is not used when it is over or revoked', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      const added = link(tenantId, { expiresAtMicros: NOON + 9 });
      await store.links.addLink(added, act());
      expect(await store.links.takeUse(added.id, NOON, SECOND)).toBe(true);
      await store.links.returnUse(added.id);
      expect(await store.links.linkById(tenantId, added.id)).toEqual(added);
      expect(await store.links.takeUse(added.id, NOON + 9, SECOND)).toBe(false);

      expect(await store.links.revokeLink(await newTenant(store), added.id, act())).toBe(false);
      expect(await store.links.revokeLink(tenantId, added.id, act({ atMicros: NOON + 1 }))).toBe(true);
      expect(await store.links.revokeLink(tenantId, added.id, act({ atMicros: NOON + 2 }))).toBe(false);
      expect(await other.links.takeUse(added.id, NOON, SECOND)).toBe(false);
      expect((await other.links.linkById(tenantId, added.id))?.revokedAtMicros).toBe(NOON + 1);
    });
  });
}
