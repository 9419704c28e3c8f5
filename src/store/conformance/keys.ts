import { describe, expect, it } from 'vitest';
import type { KeyLimits } from '../../access/limits.ts';
import type { Bench } from './describe-store.ts';
import { act, key, newTenant, NOON, SECOND } from './samples.ts';

export function describeKeys({ stores, open }: Bench): void {
  describe('keys', () => {
    it('finds a key by its hash, and no other', async () => {
      const { store } = stores();
      const added = key(await newTenant(store));
      await store.keys.addKey(added, act());
      expect(await store.keys.keyByHash(added.hash)).toEqual(added);
      expect(await store.keys.keyByHash(added.hash.replace(/^./, 'x'))).toBeUndefined();
    });

    it("gives an account's keys, oldest first, revoked ones included", async () => {
      const { store } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      const young = key(ours, { createdAtMicros: NOON + 1 });
      const old = key(ours, { revokedAtMicros: NOON + 2 });
      for (const each of [young, old, key(theirs)]) await store.keys.addKey(each, act());
      expect(await store.keys.keysOf(ours)).toEqual([old, young]);
    });

    it('shows a revoked key as revoked at once, in every process', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      const added = key(tenantId);
      await store.keys.addKey(added, act());
      expect(await other.keys.keyByHash(added.hash)).toEqual(added);
      expect(await store.keys.revokeKey(tenantId, added.id, act({ atMicros: NOON + 5 }))).toBe(true);
      expect(await other.keys.keyByHash(added.hash)).toEqual({ ...added, revokedAtMicros: NOON + 5 });
    });

    it('revokes once, and never a key of another account', async () => {
      const { store } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      const added = key(theirs);
      await store.keys.addKey(added, act());
      expect(await store.keys.revokeKey(ours, added.id, act({ atMicros: NOON }))).toBe(false);
      expect(await store.keys.revokeKey(theirs, added.id, act({ atMicros: NOON + 1 }))).toBe(true);
      expect(await store.keys.revokeKey(theirs, added.id, act({ atMicros: NOON + 2 }))).toBe(false);
      expect(await store.keys.keyByHash(added.hash)).toEqual({ ...added, revokedAtMicros: NOON + 1 });
    });

    it('remembers what a key was made for, what it may do, its limits and its end', async () => {
      const { store } = stores();
      const limits: KeyLimits = {
        allowFirst: ['1xx', 'alice'],
        allowTo: ['+49*'],
        allowIp: ['10.0.0.0/8'],
        allowOrigin: ['https://www.example.net'],
        perMinute: 5,
        atOnce: 2,
      };
      const limited = key(await newTenant(store), {
        kind: 'publishable',
        scopes: ['calls:create', 'calls:read'],
        limits,
        expiresAtMicros: NOON + 7,
      });
      await store.keys.addKey(limited, act());
      expect(await store.keys.keyByHash(limited.hash)).toEqual(limited);
      expect(await store.keys.keysOf(limited.tenantId)).toEqual([limited]);
    });

    it('rotates a key that lives: the new one is there, the old one ends, in every process', async () => {
      const { store, other } = stores();
      const tenantId = await newTenant(store);
      const old = key(tenantId);
      await store.keys.addKey(old, act());
      expect(await other.keys.keyByHash(old.hash)).toEqual(old);
      const fresh = key(tenantId, { createdAtMicros: NOON + 1 });
      expect(await store.keys.rotateKey(fresh, old.id, NOON + SECOND, [act(), act()])).toBe(true);
      expect(await other.keys.keysOf(tenantId)).toEqual([{ ...old, expiresAtMicros: NOON + SECOND }, fresh]);
      expect(await other.keys.keyByHash(old.hash)).toEqual({ ...old, expiresAtMicros: NOON + SECOND });
    });

    it('rotates no key that is dead, or that is of another account, and adds none then', async () => {
      const { store } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      const revoked = key(ours, { revokedAtMicros: NOON });
      const expired = key(ours, { expiresAtMicros: NOON });
      const foreign = key(theirs);
      for (const each of [revoked, expired, foreign]) await store.keys.addKey(each, act());
      for (const { id } of [revoked, expired, foreign])
        expect(await store.keys.rotateKey(key(ours), id, NOON + SECOND, [act()])).toBe(false);
      expect(await store.keys.keysOf(ours)).toHaveLength(2);
      expect(await store.keys.keysOf(theirs)).toEqual([foreign]);
    });

    it('rejects a second key of the same hash', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const added = key(tenantId);
      await store.keys.addKey(added, act());
      const again = store.keys.addKey(key(tenantId, { hash: added.hash }), act());
      await expect(again).rejects.toMatchObject({ fault: 'rejected' });
    });

    it('notes the use of a key, at most once a minute, from all processes together', async () => {
      const { store } = stores();
      const added = key(await newTenant(store));
      await store.keys.addKey(added, act());
      const used = async (...seconds: number[]) => {
        const [one, two] = [await open(), await open()];
        for (const second of seconds) one.journal.keyUsed(added.id, NOON + second * SECOND);
        await one.close();
        for (const second of seconds) two.journal.keyUsed(added.id, NOON + second * SECOND);
        await two.close();
        return (await store.keys.keysOf(added.tenantId))[0]?.lastUsedAtMicros;
      };
      expect(await used(0, 1, 59)).toBe(NOON);
      expect(await used(59)).toBe(NOON);
      expect(await used(60, 61)).toBe(NOON + 60 * SECOND);
      expect(await store.keys.keysOf(added.tenantId)).toEqual([
        { ...added, lastUsedAtMicros: NOON + 60 * SECOND },
      ]);
    });
  });
}
