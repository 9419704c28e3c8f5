import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import { prepared } from '../statement.ts';

/** What of a call's row its events are told with. */
const OF_CALL = [
  'call.id',
  'call.first',
  'call.second',
  'call.dial_as',
  'call.pbx_name',
  'call.reference',
  'call.asked_at',
] as const;
const OF_ENTRY = ['journal_entry.at', 'journal_entry.data'] as const;

export function feedReads(db: Kysely<Database>) {
  return {
    feedHead: prepared(({ tenantId }: { tenantId: string }) =>
      db.selectFrom('feed_head').select('position').where('tenant_id', '=', tenantId),
    ),
    feedAfter: prepared(
      ({ tenantId, position, limit }: { tenantId: string; position: number; limit: number }) =>
        db
          .selectFrom('feed')
          .innerJoin('journal_entry', (join) =>
            join
              .onRef('journal_entry.call_id', '=', 'feed.call_id')
              .onRef('journal_entry.seq', '=', 'feed.seq'),
          )
          .innerJoin('call', 'call.id', 'feed.call_id')
          .select(['feed.position', ...OF_CALL, ...OF_ENTRY])
          .where('feed.tenant_id', '=', tenantId)
          .where('feed.position', '>', position)
          .orderBy('feed.position')
          .limit(limit),
    ),
    eventsOf: prepared(({ callId }: { callId: string }) =>
      db
        .selectFrom('journal_entry')
        .innerJoin('call', 'call.id', 'journal_entry.call_id')
        .select([...OF_CALL, ...OF_ENTRY])
        .where('journal_entry.call_id', '=', callId)
        .where('journal_entry.kind', '=', 'event')
        .orderBy('journal_entry.seq'),
    ),
    eventAt: prepared(({ callId, seq }: { callId: string; seq: number }) =>
      db
        .selectFrom('journal_entry')
        .innerJoin('call', 'call.id', 'journal_entry.call_id')
        .select([...OF_CALL, ...OF_ENTRY])
        .where('journal_entry.call_id', '=', callId)
        .where('journal_entry.seq', '=', seq),
    ),
  };
}
