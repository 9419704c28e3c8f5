import type { CallState } from '../calls/call.ts';
import type { JournalEntry } from '../switchboard/ports.ts';
import type { CallRow, PbxRow, KeyRow, TenantRow } from './schema.ts';
import type { Step } from './statement.ts';
import type { WriteStatements } from './statements.ts';

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
  | readonly ['pruneClicks', before: number, limit: number]
  | readonly ['keyUsed', keyId: string, at: number, unlessSince: number]
  | readonly ['addTenant', row: TenantRow]
  | readonly ['addPbx', row: PbxRow]
  | readonly ['changePbx', id: string, settings: string, sealed: string]
  | readonly ['removePbx', tenantId: string, name: string]
  | readonly ['addKey', row: KeyRow]
  | readonly ['revokeKey', tenantId: string, id: string, at: number];

/** What an op comes to. `open`: the id of the call that it repeats, or null. The others: see each. */
export type OpValue = string | boolean | null;

/** Asks for statements one at a time, and is resumed with their rows. So its logic serves both engines. */
export type OpRun = Generator<Step<unknown>, OpValue, readonly unknown[]>;

/** These are given up at a power cut; all others are on the disk (fsync) when they resolve. */
const LAZY: ReadonlySet<Op[0]> = new Set(['refuse', 'record', 'append', 'pruneClicks', 'keyUsed']);

export function isDurable(op: Op): boolean {
  return !LAZY.has(op[0]);
}

/** Starts an op. It runs inside a transaction, and whoever drives it undoes everything where it throws. */
// oxlint-disable-next-line typescript/consistent-return -- these are all the cases, as tsc knows
export function runOp(statements: WriteStatements, op: Op): OpRun {
  switch (op[0]) {
    case 'open':
      return open(statements, op[1], op[2], op[3]);
    case 'refuse':
      return open(statements, op[1], op[2], null);
    case 'record':
      return record(statements, op[1], op[2], op[3]);
    case 'append':
      return append(statements, op[1], op[2]);
    case 'pruneClicks':
      return anyRow(statements.pruneClicks({ before: op[1], limit: op[2] }));
    case 'keyUsed':
      return anyRow(statements.touchKey({ id: op[1], at: op[2], before: op[3] }));
    case 'addTenant':
      return anyRow(statements.insertTenant(op[1]));
    case 'addPbx':
      return anyRow(statements.insertPbx(op[1]));
    case 'changePbx':
      return anyRow(statements.changePbx({ id: op[1], settings: op[2], sealed: op[3] }));
    case 'removePbx':
      return anyRow(statements.deletePbx({ tenant_id: op[1], name: op[2] }));
    case 'addKey':
      return anyRow(statements.insertKey(op[1]));
    case 'revokeKey':
      return anyRow(statements.revokeKey({ tenant_id: op[1], id: op[2], at: op[3] }));
  }
}

/** One statement, and whether it gave a row. */
function* anyRow(step: Step<unknown>): OpRun {
  const rows = yield step;
  return rows.length > 0;
}

function* open(
  statements: WriteStatements,
  call: CallValues,
  entries: readonly EntryValues[],
  guard: GuardValues | null,
): OpRun {
  if (guard !== null) {
    const [fingerprint, window] = guard;
    const taken = yield statements.takeClick({ fingerprint, window, call_id: call[0], at: call[6] });
    if (taken.length === 0) {
      const [first] = yield* rowsOf(statements.clickOf({ fingerprint }));
      // The row is locked since `takeClick`, so it is there.
      return first?.call_id ?? null;
    }
  }
  yield statements.insertCall(callRow(call, entries.length));
  yield* insertEntries(statements, call[0], 0, entries);
  return null;
}

/** True: moved. False: the call has an outcome already. Null: there is no such call. */
function* record(
  statements: WriteStatements,
  callId: string,
  state: CallState,
  entries: readonly EntryValues[],
): OpRun {
  const [moved] = yield* rowsOf(statements.settleCall({ id: callId, state, entries: entries.length }));
  if (moved === undefined) {
    const known = yield statements.callExists({ id: callId });
    return known.length > 0 ? false : null;
  }
  yield* insertEntries(statements, callId, moved.next_seq - entries.length, entries);
  return true;
}

/** Null: there is no such call. */
function* append(statements: WriteStatements, callId: string, entries: readonly EntryValues[]): OpRun {
  const [extended] = yield* rowsOf(statements.extendCall({ id: callId, entries: entries.length }));
  if (extended === undefined) return null;
  yield* insertEntries(statements, callId, extended.next_seq - entries.length, entries);
  return true;
}

function* insertEntries(
  statements: WriteStatements,
  callId: string,
  from: number,
  entries: readonly EntryValues[],
): Generator<Step<unknown>, void, readonly unknown[]> {
  let seq = from;
  for (const [at, kind, data] of entries) {
    yield statements.insertEntry({ call_id: callId, seq, at, kind, data });
    seq += 1;
  }
}

/** Yields a step, and gives its rows with their type. */
function* rowsOf<Row>(step: Step<Row>): Generator<Step<unknown>, readonly Row[], readonly unknown[]> {
  // Whoever drives an op answers a step with the rows of its query.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (yield step) as readonly Row[];
}

function callRow(call: CallValues, nextSeq: number): CallRow {
  const [id, tenant_id, key_id, pbx_id, pbx_name, state, asked_at, first, second, dial_as, error_token] =
    call;
  return {
    id,
    tenant_id,
    key_id,
    pbx_id,
    pbx_name,
    state,
    asked_at,
    first,
    second,
    dial_as,
    error_token,
    next_seq: nextSeq,
  };
}
