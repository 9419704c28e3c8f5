import type { CallState } from '../calls/call.ts';
import type { CallRecord, Journal, JournalEntry, Opening } from '../switchboard/ports.ts';
import type { GroupWriter } from './group-writer.ts';
import { keyUse } from './key-use.ts';
import { ClickPruner } from './click-pruner.ts';
import { callOf, callValues, entryOf, entryValues } from './rows.ts';
import type { Reader, ReadStatements } from './statements/reads.ts';
import { StoreError } from './store-error.ts';
import { toText } from './text.ts';

export function createJournal(read: Reader, statements: ReadStatements, writer: GroupWriter): Journal {
  const pruner = new ClickPruner(writer);
  return {
    async open({ call, entries, guard }: Opening) {
      const click = guard === undefined ? null : ([guard.fingerprint, guard.windowMicros] as const);
      const opened = await writer.submit(['open', callValues(call), entryValues(entries), click]);
      if (guard !== undefined) pruner.opened(guard.windowMicros, call.askedAtMicros);
      return { repeatOf: typeof opened === 'string' ? opened : undefined };
    },
    async refuse({ call, entries }: Omit<Opening, 'guard'>) {
      await writer.submit(['refuse', callValues(call), entryValues(entries)]);
    },
    async record(callId: string, state: CallState, entries: readonly JournalEntry[]) {
      const moved = await writer.submit(['record', callId, state, entryValues(entries)]);
      if (moved === null) throw noSuchCall(callId);
      return moved === true;
    },
    async append(callId: string, entries: readonly JournalEntry[]) {
      const known = await writer.submit(['append', callId, entryValues(entries)]);
      if (known === null) throw noSuchCall(callId);
    },
    keyUsed: keyUse(writer),
    async callById(id: string): Promise<CallRecord | undefined> {
      const [row] = await read(statements.callById({ id: toText(id) }));
      return row === undefined ? undefined : callOf(row);
    },
    async entriesOf(callId: string): Promise<JournalEntry[]> {
      return (await read(statements.entriesOf({ callId: toText(callId) }))).map(entryOf);
    },
    async unsettled(askedBeforeMicros: number, limit: number): Promise<CallRecord[]> {
      return (await read(statements.unsettled({ before: askedBeforeMicros, limit }))).map(callOf);
    },
  };
}

function noSuchCall(callId: string): StoreError {
  return new StoreError('rejected', `There is no call ${callId} in the journal.`);
}
