import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../../contract/default-policy.ts';
import { NameTaken } from '../../directory/ports.ts';
import type { Bench } from './describe-store.ts';
import { act, newTenant, NOON, pbx, tenant } from './samples.ts';

const [NEW_SEAL, NEWER_SEAL] = ['v2.0a1b2c3d.bmV3', 'v2.0a1b2c3d.bmV3ZXI'];

export function describeDirectory({ stores }: Bench): void {
  describe('directory', () => {
    it('gives an account back as it was added', async () => {
      const { directory } = stores().store;
      const added = tenant();
      await directory.addTenant(added, []);
      expect(await directory.tenantBySlug(added.slug)).toEqual(added);
      expect(await directory.tenants()).toContainEqual(added);
      expect(await directory.tenantBySlug('nobody')).toBeUndefined();
    });

    it('says NameTaken for a slug in use, and keeps the account that has it', async () => {
      const { directory } = stores().store;
      const first = tenant();
      await directory.addTenant(first, []);
      await expect(directory.addTenant(tenant({ slug: first.slug }), [])).rejects.toThrow(NameTaken);
      expect(await directory.tenantBySlug(first.slug)).toEqual(first);
    });

    it("gives an account's PBXs, oldest first", async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const young = pbx(tenantId, { name: 'Young', createdAtMicros: NOON + 1 });
      const old = pbx(tenantId, { name: 'Old', createdAtMicros: NOON });
      await store.directory.addPbx(young, act());
      await store.directory.addPbx(old, act());
      expect(await store.directory.pbxById(old.id)).toEqual(old);
      expect(await store.directory.pbxById('nobody')).toBeUndefined();
      expect(await store.directory.pbxsOf(tenantId)).toEqual([old, young]);
    });

    it('says NameTaken for a second PBX of a name in one account, not in another', async () => {
      const { store } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      await store.directory.addPbx(pbx(ours), act());
      await expect(store.directory.addPbx(pbx(ours), act())).rejects.toThrow(NameTaken);
      await store.directory.addPbx(pbx(theirs), act());
      expect(await store.directory.pbxsOf(ours)).toHaveLength(1);
    });

    it('raises the revision with every change of settings or secrets', async () => {
      const { store } = stores();
      const tenantId = await newTenant(store);
      const before = pbx(tenantId);
      await store.directory.addPbx(before, act());
      await store.directory.changePbx(before.id, { settings: { host: 'new' }, sealed: NEW_SEAL }, act());
      await store.directory.changePbx(before.id, { settings: { host: 'newer' }, sealed: NEWER_SEAL }, act());
      const after = { ...before, settings: { host: 'newer' }, sealed: NEWER_SEAL, revision: 3 };
      expect(await store.directory.pbxsOf(tenantId)).toEqual([after]);
    });

    it('rejects a change of a PBX that does not exist, and a PBX of an account that does not', async () => {
      const { directory } = stores().store;
      const change = directory.changePbx('nothing', { settings: {}, sealed: NEW_SEAL }, act());
      await expect(change).rejects.toMatchObject({ fault: 'rejected' });
      await expect(directory.addPbx(pbx('nobody'), act())).rejects.toMatchObject({ fault: 'rejected' });
    });

    it("never shows or removes another account's PBX", async () => {
      const { store } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      const kept = pbx(theirs, { name: 'Theirs' });
      await store.directory.addPbx(kept, act());
      expect(await store.directory.pbxsOf(ours)).toEqual([]);
      expect(await store.directory.removePbx(ours, 'Theirs', act())).toBe(false);
      expect(await store.directory.pbxsOf(theirs)).toEqual([kept]);
      expect(await store.directory.removePbx(theirs, 'Theirs', act())).toBe(true);
      expect(await store.directory.removePbx(theirs, 'Theirs', act())).toBe(false);
      expect(await store.directory.pbxsOf(theirs)).toEqual([]);
    });

    it('keeps the policy of an account, as every process set it last', async () => {
      const { store, other } = stores();
      const [ours, theirs] = [await newTenant(store), await newTenant(store)];
      expect(await store.directory.policyOf(ours)).toBeUndefined();
      expect(await other.directory.policyOf(ours)).toBeUndefined();
      await store.directory.setPolicy(ours, { ...DEFAULT_POLICY, home_country: 'DE' }, act());
      expect(await other.directory.policyOf(ours)).toEqual({ ...DEFAULT_POLICY, home_country: 'DE' });
      await other.directory.setPolicy(ours, DEFAULT_POLICY, act());
      expect(await store.directory.policyOf(ours)).toEqual(DEFAULT_POLICY);
      expect(await store.directory.policyOf(theirs)).toBeUndefined();
    });

    it('keeps no policy of an account that does not exist', async () => {
      const { directory } = stores().store;
      const setting = directory.setPolicy('nobody', DEFAULT_POLICY, act());
      await expect(setting).rejects.toMatchObject({ fault: 'rejected' });
    });
  });
}
