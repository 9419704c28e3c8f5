import type { CallState } from '../calls/call.ts';
import type { JournalEntry } from '../switchboard/ports.ts';
import type { KeyRow, PbxRow, TenantRow } from './schema.ts';

/** A call's row without its `next_seq`, in this order: arrays cross to a worker twice as fast as objects. */
export type CallValues = readonly [
  id: string,
  tenantId: string,
  keyId: string | null,
  pbxId: string | null,
  pbxName: string | null,
  state: CallState,
  askedAt: number,
  first: string | null,
  second: string | null,
  dialAs: string | null,
  errorToken: string,
];

export type EntryValues = readonly [at: number, kind: JournalEntry['kind'], json: string];
export type GuardValues = readonly [fingerprint: string, windowMicros: number];

/** One write, as it waits in the queue and crosses to the writer. */
export type Op =
  | readonly ['open', call: CallValues, entries: readonly EntryValues[], guard: GuardValues | null]
  | readonly ['refuse', call: CallValues, entries: readonly EntryValues[]]
  | readonly ['record', callId: string, state: CallState, entries: readonly EntryValues[]]
  | readonly ['append', callId: string, entries: readonly EntryValues[]]
  | readonly ['pruneClicks', after: string, before: number, limit: number]
  | readonly ['keyUsed', keyId: string, at: number, unlessSince: number]
  | readonly ['addTenant', row: TenantRow]
  | readonly ['addPbx', row: PbxRow]
  | readonly ['changePbx', id: string, settings: string, sealed: string]
  | readonly ['removePbx', tenantId: string, name: string]
  | readonly ['addKey', row: KeyRow]
  | readonly ['revokeKey', tenantId: string, id: string, at: number];

/**
 * What an op comes to:
 * - `open`: the id of the call that it repeats, or null
 * - `record`: true where it moved the call, false where the call has an outcome already, null where there is none
 * - `append`: null where there is no such call
 * - `pruneClicks`: the last fingerprint that it looked at, null at the table's end
 * - the others: whether they found something to write
 */
export type OpValue = string | boolean | null;

/** A power cut may lose these where nothing durable followed; all others are on the disk (fsync) when they resolve. */
const LAZY: ReadonlySet<Op[0]> = new Set(['refuse', 'record', 'append', 'pruneClicks', 'keyUsed']);

export function isDurable(op: Op): boolean {
  return !LAZY.has(op[0]);
}

/** Names the row that an op's first statement locks; empty where it locks none that another op could want. */
export function lockOf(op: Op): string {
  if (op[0] === 'open') return op[3] === null ? '' : `click ${op[3][0]}`;
  if (op[0] === 'record' || op[0] === 'append') return `call ${op[1]}`;
  if (op[0] === 'keyUsed') return `key ${op[1]}`;
  return op[0] === 'revokeKey' ? `key ${op[2]}` : op[0];
}
