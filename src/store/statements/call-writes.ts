import type { Kysely } from 'kysely';
import type { CallState } from '../../calls/call.ts';
import type { CallRow, Database, JournalEntryRow } from '../schema.ts';
import { prepared } from '../statement.ts';
import type { Columns } from '../statement.ts';
import { ORIGINATING } from './originating.ts';

export function callStatements(db: Kysely<Database>) {
  return {
    insertCall: prepared((call: Columns<CallRow>) =>
      db.insertInto('call').values({
        id: call.id,
        tenant_id: call.tenant_id,
        key_id: call.key_id,
        pbx_id: call.pbx_id,
        pbx_name: call.pbx_name,
        state: call.state,
        asked_at: call.asked_at,
        first: call.first,
        second: call.second,
        dial_as: call.dial_as,
        error_token: call.error_token,
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
    /** Gives the number after the last new entry; no row: the call has an outcome, or there is no such call. */
    settleCall: prepared((values: { id: string; state: CallState; entries: number }) =>
      db
        .updateTable('call')
        .set((eb) => ({ state: values.state, next_seq: eb('next_seq', '+', values.entries) }))
        .where('id', '=', values.id)
        .where('state', '=', ORIGINATING)
        .returning('next_seq'),
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
