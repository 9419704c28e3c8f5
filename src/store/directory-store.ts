import { actValues } from './audit-rows.ts';
import { NameTaken, SealOutdated } from '../directory/ports.ts';
import type { DirectoryStore, StoredPolicy } from '../directory/ports.ts';
import type { GenerationCache } from './generation-cache.ts';
import type { GroupWriter } from './group-writer.ts';
import { OUTDATED_SEAL } from './op.ts';
import type { Op } from './op.ts';
import { pbxOf, pbxRow, tenantOf, tenantRow } from './rows.ts';
import type { Reader, ReadStatements } from './statements/reads.ts';
import { StoreError } from './store-error.ts';
import { toText } from './text.ts';

export function createDirectoryStore(
  read: Reader,
  statements: ReadStatements,
  writer: GroupWriter,
  cache: GenerationCache,
): DirectoryStore {
  const submitSealed = async (op: Op) => {
    const value = await writer.submit(op);
    if (value === OUTDATED_SEAL) throw new SealOutdated('Another master key is in use.');
    return value === true;
  };
  return {
    async addTenant(tenant, acts) {
      const added = await writer.submit(['addTenant', tenantRow(tenant), acts.map(actValues)]);
      if (added !== true) throw new NameTaken(`There is an account "${tenant.slug}" already.`);
    },
    async tenants() {
      return (await read(statements.tenants({}))).map(tenantOf);
    },
    async tenantBySlug(slug) {
      const [row] = await read(statements.tenantBySlug({ slug: toText(slug) }));
      return row === undefined ? undefined : tenantOf(row);
    },
    async tenantById(id) {
      const [row] = await read(statements.tenantById({ id: toText(id) }));
      return row === undefined ? undefined : tenantOf(row);
    },
    async addPbx(pbx, act) {
      const added = await submitSealed(['addPbx', pbxRow(pbx), actValues(act)]);
      if (!added) throw new NameTaken(`The account has a PBX "${pbx.name}" already.`);
    },
    async changePbx(id, { settings, sealed }, act) {
      const changed = await submitSealed(['changePbx', id, JSON.stringify(settings), sealed, actValues(act)]);
      if (!changed) throw new StoreError('rejected', `There is no PBX ${id}.`);
    },
    async pbxsOf(tenantId) {
      return cache.get(`pbxs ${tenantId}`, async () =>
        (await read(statements.pbxsOf({ tenantId }))).map(pbxOf),
      );
    },
    async pbxById(id) {
      const [row] = await read(statements.pbxById({ id: toText(id) }));
      return row === undefined ? undefined : pbxOf(row);
    },
    async removePbx(tenantId, name, act) {
      return (await writer.submit(['removePbx', tenantId, toText(name), actValues(act)])) === true;
    },
    async policyOf(tenantId) {
      const kept = await cache.get(`policy ${tenantId}`, async () => {
        const [row] = await read(statements.policyOf({ tenantId }));
        // What is not there is not kept by itself, and most accounts have none.
        return { policy: row === undefined ? undefined : (JSON.parse(row.policy) as StoredPolicy) };
      });
      return kept.policy;
    },
    async setPolicy(tenantId, policy, act) {
      await writer.submit(['setPolicy', tenantId, JSON.stringify(policy), actValues(act)]);
    },
    sealedTexts: () => read(statements.sealedTexts({})),
    async masterKeyInUse() {
      const [row] = await read(statements.generation({}));
      return row?.master_key ?? undefined;
    },
    async sealWith(masterKeyId, act) {
      await writer.submit(['sealWith', masterKeyId, actValues(act)]);
    },
    reseal: ({ place, sealed }, by) => submitSealed(['reseal', place, sealed, by]),
  };
}
