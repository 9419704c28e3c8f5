import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import { prepared } from '../statement.ts';
import type { Step } from '../statement.ts';
import { ORIGINATING } from './originating.ts';

/** What the reads read with. `db` only compiles; nothing runs on it. */
export function readStatements(db: Kysely<Database>) {
  return {
    tenants: prepared(() => db.selectFrom('tenant').selectAll().orderBy('created_at').orderBy('id')),
    tenantBySlug: prepared(({ slug }: { slug: string }) =>
      db.selectFrom('tenant').selectAll().where('slug', '=', slug),
    ),
    pbxsOf: prepared(({ tenantId }: { tenantId: string }) =>
      db.selectFrom('pbx').selectAll().where('tenant_id', '=', tenantId).orderBy('created_at').orderBy('id'),
    ),
    pbxById: prepared(({ id }: { id: string }) => db.selectFrom('pbx').selectAll().where('id', '=', id)),
    keysOf: prepared(({ tenantId }: { tenantId: string }) =>
      db
        .selectFrom('api_key')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .orderBy('created_at')
        .orderBy('id'),
    ),
    keyByHash: prepared(({ hash }: { hash: string }) =>
      db.selectFrom('api_key').selectAll().where('hash', '=', hash),
    ),
    generation: prepared(() => db.selectFrom('generation').select('number')),
    callById: prepared(({ id }: { id: string }) => db.selectFrom('call').selectAll().where('id', '=', id)),
    entriesOf: prepared(({ callId }: { callId: string }) =>
      db
        .selectFrom('journal_entry')
        .select(['at', 'kind', 'data'])
        .where('call_id', '=', callId)
        .orderBy('seq'),
    ),
    unsettled: prepared(({ before, limit }: { before: number; limit: number }) =>
      db
        .selectFrom('call')
        .selectAll()
        .where('state', '=', ORIGINATING)
        .where('asked_at', '<', before)
        .orderBy('asked_at')
        .orderBy('id')
        .limit(limit),
    ),
  };
}

export type ReadStatements = ReturnType<typeof readStatements>;
/** Runs a read, each on what is committed when it starts. */
export type Reader = <Row>(step: Step<Row>) => Promise<Row[]>;
