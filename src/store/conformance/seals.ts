import { describe, expect, it, onTestFinished } from 'vitest';
import { SealOutdated } from '../../directory/ports.ts';
import { openStore } from '../open-store.ts';
import type { Bench } from './describe-store.ts';
import { act, newTenant, NOON, pbx } from './samples.ts';

const OLD = { one: 'v2.01d01d01.MQ', two: 'v2.01d01d01.Mg' };
const NEW = { one: 'v2.0e0e0e0e.MQ', two: 'v2.0e0e0e0e.Mg' };

export function describeSeals({ create }: Bench): void {
  describe('seals', () => {
    /** A database of its own: which master key is in use counts for all of it. */
    const twoStores = async () => {
      const { url } = await create();
      const [store, other] = [await openStore({ url }), await openStore({ url })];
      onTestFinished(async () => void (await Promise.all([store.close(), other.close()])));
      return { store, other };
    };

    it('are all of one master key: the first that is stored, until another is put into use', async () => {
      const { store, other } = await twoStores();
      expect(await store.directory.masterKeyInUse()).toBeUndefined();
      const office = pbx(await newTenant(store), { sealed: OLD.one });
      await store.directory.addPbx(office, act());
      expect(await other.directory.masterKeyInUse()).toBe('01d01d01');
      await other.directory.sealWith('0e0e0e0e', act());
      expect(await store.directory.masterKeyInUse()).toBe('0e0e0e0e');

      const again = store.directory.addPbx(pbx(office.tenantId, { name: 'Again', sealed: OLD.two }), act());
      await expect(again).rejects.toThrow(SealOutdated);
      const change = store.directory.changePbx(office.id, { settings: {}, sealed: OLD.two }, act());
      await expect(change).rejects.toThrow(SealOutdated);
      expect(await other.directory.pbxsOf(office.tenantId)).toEqual([office]);
    });

    it('are replaced one by one, and only where they are what they were', async () => {
      const { store, other } = await twoStores();
      const tenantId = await newTenant(store);
      const one = pbx(tenantId, { name: '1', sealed: OLD.one, createdAtMicros: NOON });
      const two = pbx(tenantId, { name: '2', sealed: OLD.two, createdAtMicros: NOON + 1 });
      for (const each of [one, two]) await store.directory.addPbx(each, act());
      expect(await other.directory.pbxsOf(tenantId)).toHaveLength(2);
      const texts = await store.directory.sealedTexts();
      expect(new Set(texts)).toEqual(new Set([one, two].map(({ id, sealed }) => ({ place: id, sealed }))));

      await store.directory.sealWith('0e0e0e0e', act());
      expect(await store.directory.reseal({ place: one.id, sealed: OLD.one }, NEW.one)).toBe(true);
      expect(await store.directory.reseal({ place: one.id, sealed: OLD.one }, NEW.two)).toBe(false);
      expect(await store.directory.reseal({ place: 'nobody', sealed: OLD.one }, NEW.one)).toBe(false);
      await expect(store.directory.reseal({ place: two.id, sealed: OLD.two }, OLD.one)).rejects.toThrow(
        SealOutdated,
      );
      // The settings are the same: no session has to be opened anew, and every process reads the new seal.
      expect(await other.directory.pbxsOf(tenantId)).toEqual([{ ...one, sealed: NEW.one }, two]);
    });

    it('of an old master key are never stored once another is in use, whatever the order of the writes', async () => {
      const { store, other } = await twoStores();
      const tenantId = await newTenant(store);
      const adding = Promise.allSettled(
        Array.from({ length: 40 }, (_, index) =>
          store.directory.addPbx(pbx(tenantId, { name: `PBX ${index}`, sealed: OLD.one }), act()),
        ),
      );
      await other.directory.sealWith('0e0e0e0e', act());
      const there = await other.directory.sealedTexts();
      for (const added of await adding)
        if (added.status === 'rejected') expect(added.reason).toBeInstanceOf(SealOutdated);
      expect(await other.directory.sealedTexts()).toEqual(there);
    });
  });
}
