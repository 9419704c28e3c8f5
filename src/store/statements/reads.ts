import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import { auditReads } from './audit.ts';
import { breakerReads } from './breaker.ts';
import { findCallsStatements } from './find-calls.ts';
import { prepared } from '../statement.ts';
import type { Step } from '../statement.ts';
import { feedReads } from './feed-reads.ts';
import { usageReads } from './usage.ts';
import { peopleReads } from './people-reads.ts';
import { webhookReads } from './webhook-reads.ts';

/** What the reads read with. `db` only compiles; nothing runs on it. */
export function readStatements(db: Kysely<Database>) {
  return {
    ...feedReads(db),
    ...auditReads(db),
    ...breakerReads(db),
    ...usageReads(db),
    ...webhookReads(db),
    ...peopleReads(db),
    tenants: prepared(() => db.selectFrom('tenant').selectAll().orderBy('created_at').orderBy('id')),
    tenantBySlug: prepared(({ slug }: { slug: string }) =>
      db.selectFrom('tenant').selectAll().where('slug', '=', slug),
    ),
    tenantById: prepared(({ id }: { id: string }) =>
      db.selectFrom('tenant').selectAll().where('id', '=', id),
    ),
    pbxsOf: prepared(({ tenantId }: { tenantId: string }) =>
      db.selectFrom('pbx').selectAll().where('tenant_id', '=', tenantId).orderBy('created_at').orderBy('id'),
    ),
    pbxById: prepared(({ id }: { id: string }) => db.selectFrom('pbx').selectAll().where('id', '=', id)),
    policyOf: prepared(({ tenantId }: { tenantId: string }) =>
      db.selectFrom('policy').select('policy').where('tenant_id', '=', tenantId),
    ),
    /** Of PBXs and webhooks. */
    sealedTexts: prepared(() =>
      db
        .selectFrom('pbx')
        .select(['id as place', 'sealed'])
        .unionAll(db.selectFrom('webhook').select(['id as place', 'sealed'])),
    ),
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
    linkByHash: prepared(({ hash }: { hash: string }) =>
      db.selectFrom('link').selectAll().where('hash', '=', hash),
    ),
    linkById: prepared(({ tenantId, id }: { tenantId: string; id: string }) =>
      db.selectFrom('link').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id),
    ),
    linksOf: prepared(({ tenantId, before, limit }: { tenantId: string; before: string; limit: number }) =>
      db
        .selectFrom('link')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('id', '<', before)
        .orderBy('id', 'desc')
        .limit(limit),
    ),
    generation: prepared(() => db.selectFrom('generation').select(['number', 'master_key'])),
    callById: prepared(({ id }: { id: string }) => db.selectFrom('call').selectAll().where('id', '=', id)),
    entriesOf: prepared(({ callId }: { callId: string }) =>
      db
        .selectFrom('journal_entry')
        .select(['at', 'kind', 'data'])
        .where('call_id', '=', callId)
        .orderBy('seq'),
    ),
    entriesAfter: prepared(
      ({ callId, at, seq, limit }: { callId: string; at: number; seq: number; limit: number }) =>
        db
          .selectFrom('journal_entry')
          .select(['seq', 'at', 'kind', 'data'])
          .where('call_id', '=', callId)
          .where((eb) => eb.or([eb('at', '>', at), eb.and([eb('at', '=', at), eb('seq', '>', seq)])]))
          .orderBy('at')
          .orderBy('seq')
          .limit(limit),
    ),
    findCalls: findCallsStatements(db),
    /** Calls that are not over and whose process was not heard of since. The literals let the engines use the index. */
    untended: prepared(({ before, limit }: { before: number; limit: number }) =>
      db
        .selectFrom('call')
        .leftJoin('tender', 'tender.id', 'call.tended_by')
        .selectAll('call')
        .where(sql<boolean>`call.state <> 'ended' and call.state <> 'unknown'`)
        .where((eb) => eb.or([eb('tender.seen_at', 'is', null), eb('tender.seen_at', '<', before)]))
        .orderBy('call.asked_at')
        .orderBy('call.id')
        .limit(limit),
    ),
  };
}

export type ReadStatements = ReturnType<typeof readStatements>;
/** Runs a read, each on what is committed when it starts. */
export type Reader = <Row>(step: Step<Row>) => Promise<Row[]>;
