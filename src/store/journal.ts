import type {
  Advance,
  CallRecord,
  CallVersion,
  Journal,
  JournalEntry,
  JournalPlace,
  NumberedEntry,
  Opening,
} from '../switchboard/ports.ts';
import type { GroupWriter } from './group-writer.ts';
import { keyUse } from './key-use.ts';
import { ClickPruner } from './click-pruner.ts';
import { findCalls } from './find-calls.ts';
import { callOf, callValues, entryOf, entryValues, lifeValues, talkValues } from './rows.ts';
import type { CallRow } from './schema.ts';
import type { Reader, ReadStatements } from './statements/reads.ts';
import { StoreError } from './store-error.ts';
import { toText } from './text.ts';

export function createJournal(read: Reader, statements: ReadStatements, writer: GroupWriter): Journal {
  const pruner = new ClickPruner(writer);
  return {
    async open({ call, entries, tender, guard }: Opening) {
      const click = guard === undefined ? null : ([guard.fingerprint, guard.windowMicros] as const);
      const opened = await writer.submit(['open', callValues(call, tender), entryValues(entries), click]);
      if (guard !== undefined) pruner.opened(call.askedAtMicros);
      return { repeatOf: typeof opened === 'string' ? opened : undefined };
    },
    async refuse({ call, entries }: Omit<Opening, 'guard' | 'tender'>) {
      await writer.submit(['refuse', callValues(call, null), entryValues(entries)]);
    },
    async advance({ callId, tenantId, version, outcome, life, entries, tender }: Advance) {
      const step = [
        callId,
        tenantId,
        version,
        outcome,
        lifeValues(life),
        tender ?? null,
        talkValues(life),
      ] as const;
      const place = await writer.submit(['advance', step, entryValues(entries)]);
      if (place === null) throw noSuchCall(callId);
      return typeof place === 'number' ? place : undefined;
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
    async entriesAfter(callId: string, after = BEGINNING, limit: number): Promise<NumberedEntry[]> {
      const { atMicros: at, seq } = after;
      const rows = await read(statements.entriesAfter({ callId: toText(callId), at, seq, limit }));
      return rows.map((row) => ({ seq: row.seq, ...entryOf(row) }));
    },
    callsOf: findCalls(read, statements.findCalls),
    async callVersion(id: string): Promise<CallVersion | undefined> {
      const [row] = await read(statements.callById({ id: toText(id) }));
      return row === undefined ? undefined : versionOf(row);
    },
    async beat(tender: string, atMicros: number): Promise<void> {
      await writer.submit(['beat', tender, atMicros]);
    },
    async farewell(tender: string): Promise<void> {
      await writer.submit(['farewell', tender]);
    },
    async untended(beatBeforeMicros: number, limit: number): Promise<CallVersion[]> {
      return (await read(statements.untended({ before: beatBeforeMicros, limit }))).map(versionOf);
    },
  };
}

const BEGINNING: JournalPlace = { atMicros: 0, seq: -1 };

function versionOf(row: CallRow): CallVersion {
  return { call: callOf(row), version: row.next_seq };
}

function noSuchCall(callId: string): StoreError {
  return new StoreError('rejected', `There is no call ${callId} in the journal.`);
}
