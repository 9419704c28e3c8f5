import { hashOf } from '../audit/chain.ts';
import { masterKeyIdOf } from '../kit/seal.ts';
import { NO_WAIT, waitClassOf } from '../usage/wait-class.ts';
import { auditEntryOf } from './audit-rows.ts';
import { anyRow, rowsOf, type OpRun, type PartRun } from './op-run.ts';
import { OUTDATED_SEAL } from './op.ts';
import type { ActValues, AdvanceValues, CallValues, EntryValues, GuardValues, Op, TalkValues } from './op.ts';
import { runPeopleOp } from './run-people-op.ts';
import { queueAccountEvent, queueEvents, runWebhookOp, type QueuedEvent } from './run-webhook-op.ts';
import type { CallRow, HabitRow, KeyFreezeRow, KeyRow } from './schema.ts';
import type { Columns, Step } from './statement.ts';
import type { WriteStatements } from './statements/writes.ts';
import { fromText } from './text.ts';

/** Starts an op. It runs inside a transaction, and whoever drives it undoes everything where it throws. */
// oxlint-disable-next-line typescript/consistent-return -- these are all the cases, as tsc knows
export function runOp(statements: WriteStatements, op: Op): OpRun {
  switch (op[0]) {
    case 'open':
      return open(statements, op[1], op[2], op[3]);
    case 'refuse':
      return open(statements, op[1], op[2], null);
    case 'advance':
      return advance(statements, op[1], op[2]);
    case 'append':
      return append(statements, op[1], op[2]);
    case 'beat':
      return anyRow(statements.beat({ id: op[1], seen_at: op[2] }));
    case 'farewell':
      return anyRow(statements.deleteTender({ id: op[1] }));
    case 'pruneClicks':
      return pruneClicks(statements, op[1], op[2], op[3]);
    case 'keyUsed':
      return anyRow(statements.touchKey({ id: op[1], at: op[2], before: op[3] }));
    case 'addTenant':
      return change(statements, statements.insertTenant(op[1]), op[2]);
    case 'addPbx':
      return sealedChange(statements, op[1].sealed, statements.insertPbx(op[1]), [op[2]]);
    case 'changePbx': {
      const [, id, settings, sealed, act] = op;
      return sealedChange(statements, sealed, statements.changePbx({ id, settings, sealed }), [act]);
    }
    case 'sealWith':
      return change(statements, statements.sealWith({ master_key: op[1] }), [op[2]]);
    case 'reseal':
      return reseal(statements, op[1], op[2], op[3]);
    case 'removePbx':
      return change(statements, statements.deletePbx({ tenant_id: op[1], name: op[2] }), [op[3]]);
    case 'setPolicy':
      return change(statements, statements.putPolicy({ tenant_id: op[1], policy: op[2] }), [op[3]]);
    case 'freezeKey':
      return freezeKey(statements, op[1], op[2]);
    case 'unfreezeKey': {
      const [, tenant_id, key_id, at, learnt, act] = op;
      return unfreezeKey(statements, statements.unfreezeKey({ tenant_id, key_id, at }), learnt, act);
    }
    case 'learn':
      return learn(statements, op[1]);
    case 'forgetHabits':
      return anyRow(statements.forgetHabits({ key_id: op[1], before: op[2] }));
    case 'addKey':
      return change(statements, statements.insertKey(op[1]), [op[2]]);
    case 'rotateKey':
      return rotateKey(statements, op[1], op[2], op[3], op[4]);
    case 'revokeKey': {
      const [, tenant_id, id, at, act] = op;
      return change(statements, statements.revokeKey({ tenant_id, id, at }), [act]);
    }
    case 'addLink':
      return change(statements, statements.insertLink(op[1]), [op[2]]);
    case 'revokeLink': {
      const [, tenant_id, id, at, act] = op;
      return change(statements, statements.revokeLink({ tenant_id, id, at }), [act]);
    }
    case 'takeLink':
      return anyRow(statements.takeLink({ id: op[1], now: op[2], apart: op[3] }));
    case 'returnLink':
      return anyRow(statements.returnLink({ id: op[1] }));
    case 'addWebhook':
      return sealedChange(statements, op[1].sealed, statements.insertWebhook(op[1]), [op[2]]);
    case 'rotateWebhook':
      return sealedChange(statements, op[1].sealed, statements.rotateWebhook(op[1]), [op[2]]);
    case 'changeWebhook':
      return change(statements, statements.changeWebhook(op[1]), [op[2]]);
    case 'turnWebhook':
      return change(statements, statements.turnWebhook(op[1]), [op[2]]);
    case 'resumeWebhook':
      return resumeWebhook(statements, op[1], op[2], op[3], op[4]);
    case 'pauseFailing': {
      const [, id, since, reason, act] = op;
      return change(statements, statements.pauseFailing({ id, since, reason }), [act]);
    }
    case 'addPerson':
    case 'changeRole':
    case 'removeMember':
    case 'changePerson':
    case 'addLogin':
    case 'endLogin':
    case 'touchLogin':
    case 'addTicket':
    case 'removeTicket':
    case 'note':
      return runPeopleOp(statements, op, (act) => writeDown(statements, act));
    case 'claim':
    case 'settle':
    case 'release':
    case 'queueTest':
    case 'requeue':
    case 'pruneDeliveries':
    case 'forgetWebhook':
      return runWebhookOp(statements, op);
  }
}

/** One statement that changes the directory: what others keep of it is out of date. Where it did, that is written down. */
function* change(statements: WriteStatements, step: Step<unknown>, acts: readonly ActValues[]): OpRun {
  yield statements.raiseGeneration({});
  return yield* audited(statements, step, acts);
}

/** The same for one that stores a seal: only of the master key in use, so that none is left behind by its change. */
function* sealedChange(
  statements: WriteStatements,
  sealed: string,
  step: Step<unknown>,
  acts: readonly ActValues[],
): OpRun {
  const raised = yield statements.raiseGenerationFor({ master_key: masterKeyIdOf(sealed) });
  return raised.length === 0 ? OUTDATED_SEAL : yield* audited(statements, step, acts);
}

/** Of whatever has its secrets there. */
function* reseal(statements: WriteStatements, id: string, before: string, sealed: string): OpRun {
  const place = { id, before, sealed };
  const ofPbx = yield* sealedChange(statements, sealed, statements.resealPbx(place), []);
  return ofPbx === false ? yield* anyRow(statements.resealWebhook(place)) : ofPbx;
}

function* audited(statements: WriteStatements, step: Step<unknown>, acts: readonly ActValues[]): OpRun {
  const rows = yield step;
  if (rows.length === 0) return false;
  for (const act of acts) yield* writeDown(statements, act);
  return true;
}

/** Whoever the account's webhooks tell is told, in the transaction that freezes it. */
function* freezeKey(statements: WriteStatements, row: Columns<KeyFreezeRow>, act: ActValues): OpRun {
  const isNew = yield* change(statements, statements.freezeKey(row), [act]);
  const about = { key: { id: row.key_id, reason: fromText(row.reason) } };
  if (isNew === true) yield* queueAccountEvent(statements, row.tenant_id, 'key.frozen', about, act[1]);
  return isNew;
}

function* unfreezeKey(
  statements: WriteStatements,
  step: Step<unknown>,
  learnt: readonly Columns<HabitRow>[],
  act: ActValues,
): OpRun {
  const isDone = yield* change(statements, step, [act]);
  return isDone === true ? yield* learn(statements, learnt) : isDone;
}

function* learn(statements: WriteStatements, rows: readonly Columns<HabitRow>[]): OpRun {
  for (const row of rows) yield statements.addHabit(row);
  return true;
}

/** Adds an entry to a log. Nobody else does at the same time: the directory's number is locked. */
function* writeDown(
  statements: WriteStatements,
  [log, at, actor_kind, actor_name, action, subject, detail]: ActValues,
): PartRun<void> {
  const [head] = yield* rowsOf(statements.auditHeadOf({ log }));
  const position = (head?.position ?? 0) + 1;
  const said = { log, position, at, actor_kind, actor_name, action, subject, detail };
  const previous = head?.hash ?? '';
  const hash = hashOf(auditEntryOf({ ...said, previous, hash: '' }));
  yield statements.insertAuditEntry({ ...said, previous, hash });
  yield statements.putAuditHead({ log, position, hash });
}

function* rotateKey(
  statements: WriteStatements,
  row: KeyRow,
  id: string,
  expires_at: number,
  acts: readonly ActValues[],
): OpRun {
  const { tenant_id, created_at: now } = row;
  const isThere = yield* change(statements, statements.expireKey({ tenant_id, id, expires_at, now }), acts);
  if (isThere !== true) return isThere;
  yield statements.insertKey(row);
  yield statements.inheritHabits({ key_id: row.id, from: id });
  return true;
}

/** Clicks are kept for so long at least: another process may have a longer window. */
const KEEP_MICROS = 60_000_000;

function* resumeWebhook(
  statements: WriteStatements,
  tenant_id: string,
  id: string,
  now: number,
  act: ActValues,
): OpRun {
  const turn = statements.turnWebhook({ id, tenant_id, state: 'active', reason: '' });
  const isThere = yield* change(statements, turn, [act]);
  if (isThere === true) yield statements.hastenDeliveries({ webhook_id: id, now });
  return isThere;
}

function* open(
  statements: WriteStatements,
  call: CallValues,
  entries: readonly EntryValues[],
  guard: GuardValues | null,
): OpRun {
  if (guard !== null) {
    const [fingerprint, window] = guard;
    const at = call[6];
    const kept_until = at + Math.max(window, KEEP_MICROS);
    const taken = yield statements.takeClick({ fingerprint, window, call_id: call[0], at, kept_until });
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

function* advance(
  statements: WriteStatements,
  [callId, tenantId, version, outcome, [state, disposition, life], tendedBy, talk]: AdvanceValues,
  entries: readonly EntryValues[],
): OpRun {
  const step = {
    id: callId,
    version,
    entries: entries.length,
    outcome,
    state,
    life,
    tended_by: tendedBy,
  };
  const [ended] = disposition === null ? [] : yield* rowsOf(statements.endCall({ ...step, disposition }));
  const hasMoved = disposition === null ? yield* anyRow(statements.advanceCall(step)) : ended !== undefined;
  if (hasMoved === false) {
    const known = yield statements.callExists({ id: callId });
    return known.length > 0 ? false : null;
  }
  yield* insertEntries(statements, callId, version, entries);
  const events = eventsOf(version, entries);
  if (events.length > 0) yield* queueEvents(statements, tenantId, callId, events);
  const place = events.length > 0 ? yield* feed(statements, tenantId, callId, events) : 0;
  // Behind the feed, whose head is locked by then: two processes that end an account's calls count one after the other.
  if (ended !== undefined && disposition !== null)
    yield statements.countCall({ ...usageOf(ended.asked_at, talk), tenant_id: tenantId, disposition });
  return place;
}

const HOUR_MICROS = 3_600_000_000;

function usageOf(askedAt: number, talk: TalkValues | null) {
  const [connectedAt, micros] = talk ?? [];
  return {
    hour: Math.floor(askedAt / HOUR_MICROS),
    wait_class: connectedAt === undefined ? NO_WAIT : waitClassOf(connectedAt - askedAt),
    calls: 1,
    // A clock that was set back in between tells no time.
    talk: Math.max(0, micros ?? 0),
  };
}

function eventsOf(from: number, entries: readonly EntryValues[]): QueuedEvent[] {
  return entries.flatMap(([at, kind, json], index) =>
    kind === 'event' ? [{ seq: from + index, at, json }] : [],
  );
}

/** Puts events into the account's feed, and gives the last one's place. */
function* feed(
  statements: WriteStatements,
  tenantId: string,
  callId: string,
  events: readonly QueuedEvent[],
): PartRun<number> {
  const [head] = yield* rowsOf(statements.raiseFeed({ tenant_id: tenantId, position: events.length }));
  const last = head?.position ?? 0;
  for (const [index, { seq }] of events.entries()) {
    const position = last - events.length + 1 + index;
    yield statements.insertFeed({ tenant_id: tenantId, position, call_id: callId, seq });
  }
  return last;
}

function* append(statements: WriteStatements, callId: string, entries: readonly EntryValues[]): OpRun {
  const [extended] = yield* rowsOf(statements.extendCall({ id: callId, entries: entries.length }));
  if (extended === undefined) return null;
  yield* insertEntries(statements, callId, extended.next_seq - entries.length, entries);
  return true;
}

/** Looks at so many clicks after a fingerprint, and deletes those that are not asked for any more. */
function* pruneClicks(statements: WriteStatements, after: string, now: number, limit: number): OpRun {
  const clicks = yield* rowsOf(statements.clicksAfter({ fingerprint: after, limit }));
  for (const { fingerprint, kept_until } of clicks) {
    if (kept_until < now) yield statements.deleteClick({ fingerprint });
  }
  return clicks.length < limit ? null : (clicks.at(-1)?.fingerprint ?? null);
}

function* insertEntries(
  statements: WriteStatements,
  callId: string,
  from: number,
  entries: readonly EntryValues[],
): PartRun<void> {
  let seq = from;
  for (const [at, kind, data] of entries) {
    yield statements.insertEntry({ call_id: callId, seq, at, kind, data });
    seq += 1;
  }
}

function callRow(call: CallValues, nextSeq: number): CallRow {
  const [id, tenant_id, key_id, pbx_id, pbx_name, outcome, asked_at, first, second, dial_as, error_token] =
    call;
  const [state, disposition, life] = call[11];
  return {
    id,
    tenant_id,
    key_id,
    pbx_id,
    pbx_name,
    outcome,
    asked_at,
    first,
    second,
    dial_as,
    error_token,
    state,
    disposition,
    life,
    reference: call[12],
    tended_by: call[13],
    next_seq: nextSeq,
  };
}
