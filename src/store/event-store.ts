import type { RecordedEvent } from '../calls/present-event.ts';
import type { EventStore } from '../live/ports.ts';
import type { CallRow, JournalEntryRow } from './schema.ts';
import type { Reader, ReadStatements } from './statements/reads.ts';
import { fromOptionalText, toText } from './text.ts';

export function createEventStore(read: Reader, statements: ReadStatements): EventStore {
  return {
    async headOf(tenantId) {
      const [row] = await read(statements.feedHead({ tenantId }));
      return row?.position ?? 0;
    },
    async eventsAfter(tenantId, position, limit) {
      const rows = await read(statements.feedAfter({ tenantId, position, limit }));
      return rows.map((row) => ({ position: row.position, ...recordedOf(row) }));
    },
    async eventsOf(callId) {
      return (await read(statements.eventsOf({ callId: toText(callId) }))).map(recordedOf);
    },
  };
}

type EventRow = Pick<CallRow, 'id' | 'first' | 'second' | 'dial_as' | 'pbx_name' | 'reference' | 'asked_at'> &
  Pick<JournalEntryRow, 'at' | 'data'>;

export function recordedOf(row: EventRow): RecordedEvent {
  const { type, number, life } = JSON.parse(row.data) as RecordedEvent['event'];
  return {
    call: {
      id: row.id,
      first: fromOptionalText(row.first),
      second: fromOptionalText(row.second),
      dialAs: fromOptionalText(row.dial_as),
      pbxName: fromOptionalText(row.pbx_name),
      reference: fromOptionalText(row.reference),
      askedAtMicros: row.asked_at,
    },
    atMicros: row.at,
    event: { type, number, life },
  };
}
