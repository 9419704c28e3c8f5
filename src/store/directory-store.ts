import { NameTaken } from '../directory/ports.ts';
import type { DirectoryStore } from '../directory/ports.ts';
import type { GenerationCache } from './generation-cache.ts';
import type { GroupWriter } from './group-writer.ts';
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
  return {
    async addTenant(tenant) {
      const added = await writer.submit(['addTenant', tenantRow(tenant)]);
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
    async addPbx(pbx) {
      const added = await writer.submit(['addPbx', pbxRow(pbx)]);
      if (added !== true) throw new NameTaken(`The account has a PBX "${pbx.name}" already.`);
    },
    async changePbx(id, change) {
      const changed = await writer.submit(['changePbx', id, JSON.stringify(change.settings), change.sealed]);
      if (changed !== true) throw new StoreError('rejected', `There is no PBX ${id}.`);
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
    async removePbx(tenantId, name) {
      return (await writer.submit(['removePbx', tenantId, toText(name)])) === true;
    },
  };
}
