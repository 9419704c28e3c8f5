import type { Kysely } from 'kysely';
import type { Database, KeyRow, PbxRow, PolicyRow, TenantRow } from '../schema.ts';
import { prepared } from '../statement.ts';
import type { Columns } from '../statement.ts';

export function directoryStatements(db: Kysely<Database>) {
  return {
    /** No row: the slug is in use. */
    insertTenant: prepared((tenant: Columns<TenantRow>) =>
      db
        .insertInto('tenant')
        .values({ id: tenant.id, slug: tenant.slug, name: tenant.name, created_at: tenant.created_at })
        .onConflict((conflict) => conflict.column('slug').doNothing())
        .returning('id'),
    ),
    /** No row: the account has a PBX of that name. */
    insertPbx: prepared((pbx: Columns<PbxRow>) =>
      db
        .insertInto('pbx')
        .values({
          id: pbx.id,
          tenant_id: pbx.tenant_id,
          name: pbx.name,
          driver: pbx.driver,
          settings: pbx.settings,
          sealed: pbx.sealed,
          revision: pbx.revision,
          created_at: pbx.created_at,
        })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'name']).doNothing())
        .returning('id'),
    ),
    changePbx: prepared((change: { id: string; settings: string; sealed: string }) =>
      db
        .updateTable('pbx')
        .set((eb) => ({ settings: change.settings, sealed: change.sealed, revision: eb('revision', '+', 1) }))
        .where('id', '=', change.id)
        .returning('id'),
    ),
    /** No row: another process has changed it, with a seal of its own, or removed it. */
    resealPbx: prepared((change: { id: string; before: string; sealed: string }) =>
      db
        .updateTable('pbx')
        .set({ sealed: change.sealed })
        .where('id', '=', change.id)
        .where('sealed', '=', change.before)
        .returning('id'),
    ),
    deletePbx: prepared((pbx: { tenant_id: string; name: string }) =>
      db
        .deleteFrom('pbx')
        .where('tenant_id', '=', pbx.tenant_id)
        .where('name', '=', pbx.name)
        .returning('id'),
    ),
    putPolicy: prepared((row: Columns<PolicyRow>) =>
      db
        .insertInto('policy')
        .values({ tenant_id: row.tenant_id, policy: row.policy })
        .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ policy: row.policy }))
        .returning('tenant_id'),
    ),
  };
}

export function generationStatements(db: Kysely<Database>) {
  return {
    /** Says that what was kept of the directory is out of date. */
    raiseGeneration: prepared(() =>
      db.updateTable('generation').set((eb) => ({ number: eb('number', '+', 1) })),
    ),
    /** The same. No row, and nothing raised: another master key than this one is in use. */
    raiseGenerationFor: prepared(({ master_key }: { master_key: string }) =>
      db
        .updateTable('generation')
        .set((eb) => ({ number: eb('number', '+', 1), master_key }))
        .where((eb) => eb.or([eb('master_key', 'is', null), eb('master_key', '=', master_key)]))
        .returning('number'),
    ),
    /** Puts a master key into use. */
    sealWith: prepared(({ master_key }: { master_key: string }) =>
      db.updateTable('generation').set({ master_key }).returning('number'),
    ),
  };
}

export function keyStatements(db: Kysely<Database>) {
  return {
    insertKey: prepared((key: Columns<KeyRow>) =>
      db
        .insertInto('api_key')
        .values({
          id: key.id,
          tenant_id: key.tenant_id,
          label: key.label,
          prefix: key.prefix,
          hash: key.hash,
          kind: key.kind,
          scopes: key.scopes,
          limits: key.limits,
          expires_at: key.expires_at,
          created_at: key.created_at,
          last_used_at: key.last_used_at,
          revoked_at: key.revoked_at,
        })
        .returning('id'),
    ),
    /** No row: the account has no such live key. */
    expireKey: prepared((key: { tenant_id: string; id: string; expires_at: number; now: number }) =>
      db
        .updateTable('api_key')
        .set({ expires_at: key.expires_at })
        .where('tenant_id', '=', key.tenant_id)
        .where('id', '=', key.id)
        .where('revoked_at', 'is', null)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', key.now)]))
        .returning('id'),
    ),
    revokeKey: prepared((key: { tenant_id: string; id: string; at: number }) =>
      db
        .updateTable('api_key')
        .set({ revoked_at: key.at })
        .where('tenant_id', '=', key.tenant_id)
        .where('id', '=', key.id)
        .where('revoked_at', 'is', null)
        .returning('id'),
    ),
    touchKey: prepared((key: { id: string; at: number; before: number }) =>
      db
        .updateTable('api_key')
        .set({ last_used_at: key.at })
        .where('id', '=', key.id)
        .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', key.before)])),
    ),
  };
}
