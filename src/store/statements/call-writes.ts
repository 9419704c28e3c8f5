import type { Kysely } from 'kysely';
import type { CallRow, Database, FeedRow, JournalEntryRow, TenderRow } from '../schema.ts';
import { prepared } from '../statement.ts';
import type { Columns } from '../statement.ts';

type CallStep = { readonly id: string; readonly version: number; readonly entries: number } & Pick<
  Columns<CallRow>,
  'outcome' | 'state' | 'life' | 'tended_by'
>;

function moveCall(db: Kysely<Database>, step: CallStep) {
  return db
    .updateTable('call')
    .set((eb) => ({
      outcome: step.outcome,
      state: step.state,
      life: step.life,
      tended_by: eb.fn.coalesce(eb.val(step.tended_by), 'tended_by'),
      next_seq: eb('next_seq', '+', step.entries),
    }))
    .where('id', '=', step.id);
}

export function callStatements(db: Kysely<Database>) {
  return {
    insertCall: prepared((call: Columns<CallRow>) =>
      db.insertInto('call').values({
        id: call.id,
        tenant_id: call.tenant_id,
        key_id: call.key_id,
        pbx_id: call.pbx_id,
        pbx_name: call.pbx_name,
        outcome: call.outcome,
        asked_at: call.asked_at,
        first: call.first,
        second: call.second,
        dial_as: call.dial_as,
        error_token: call.error_token,
        state: call.state,
        disposition: call.disposition,
        life: call.life,
        reference: call.reference,
        tended_by: call.tended_by,
        next_seq: call.next_seq,
      }),
    ),
    insertEntry: prepared((entry: Columns<JournalEntryRow>) =>
      db.insertInto('journal_entry').values({
        call_id: entry.call_id,
        seq: entry.seq,
        at: entry.at,
        kind: entry.kind,
        data: entry.data,
      }),
    ),
    /** No row: the call has changed since that version, or there is no such call. */
    advanceCall: prepared((step: CallStep) =>
      moveCall(db, step).where('next_seq', '=', step.version).returning('id'),
    ),
    /** The same for a call that is over. Before that the column stays alone, and with it the indexes that hold it. */
    endCall: prepared((step: CallStep & Pick<Columns<CallRow>, 'disposition'>) =>
      moveCall(db, step)
        .set({ disposition: step.disposition })
        .where('next_seq', '=', step.version)
        .returning(['id', 'asked_at']),
    ),
    /** Gives the number after the last new entry; no row: there is no such call. */
    extendCall: prepared((values: { id: string; entries: number }) =>
      db
        .updateTable('call')
        .set((eb) => ({ next_seq: eb('next_seq', '+', values.entries) }))
        .where('id', '=', values.id)
        .returning('next_seq'),
    ),
    callExists: prepared(({ id }: { id: string }) => db.selectFrom('call').select('id').where('id', '=', id)),
  };
}

export function feedStatements(db: Kysely<Database>) {
  return {
    /** Gives the last of so many new places. */
    raiseFeed: prepared((head: { tenant_id: string; position: number }) =>
      db
        .insertInto('feed_head')
        .values({ tenant_id: head.tenant_id, position: head.position })
        .onConflict((conflict) =>
          conflict
            .column('tenant_id')
            .doUpdateSet((eb) => ({ position: eb('feed_head.position', '+', eb.ref('excluded.position')) })),
        )
        .returning('position'),
    ),
    insertFeed: prepared((place: Columns<FeedRow>) =>
      db.insertInto('feed').values({
        tenant_id: place.tenant_id,
        position: place.position,
        call_id: place.call_id,
        seq: place.seq,
      }),
    ),
  };
}

export function tenderStatements(db: Kysely<Database>) {
  return {
    beat: prepared((tender: Columns<TenderRow>) =>
      db
        .insertInto('tender')
        .values({ id: tender.id, seen_at: tender.seen_at })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet((eb) => ({ seen_at: eb.ref('excluded.seen_at') })),
        )
        .returning('id'),
    ),
    deleteTender: prepared(({ id }: { id: string }) =>
      db.deleteFrom('tender').where('id', '=', id).returning('id'),
    ),
  };
}
