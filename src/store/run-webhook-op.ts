import type { AccountEventType, WebhookType } from '../../contract/call-words.ts';
import { newOrderedId } from '../kit/ids.ts';
import type { EventData } from '../switchboard/ports.ts';
import type { AccountEvent } from '../webhooks/ports.ts';
import { anyRow, rowsOf, type OpRun, type PartRun } from './op-run.ts';
import type { SettleValues, WebhookOp } from './op.ts';
import type { DeliveryRow, WebhookRow } from './schema.ts';
import type { Columns } from './statement.ts';
import type { WriteStatements } from './statements/writes.ts';

const DAY_MICROS = 86_400_000_000;

/** What of a webhook's row a delivery is sent with, and the deliveries: what `claim` gives, as JSON. */
export interface ClaimedRows {
  readonly tenant_id: string;
  readonly url: string;
  readonly sealed: string;
  readonly failures: number;
  readonly deliveries: readonly DeliveryRow[];
}

/** An event that a step of a call tells. `json`: its journal entry's. */
export interface QueuedEvent {
  readonly seq: number;
  readonly at: number;
  readonly json: string;
}

/**
 * Queues events for those of the account's webhooks that want them, in the transaction that tells them: there is no event
 * that a webhook is not told of, and no delivery of one that never was.
 */
export function* queueEvents(
  statements: WriteStatements,
  tenantId: string,
  callId: string,
  events: readonly QueuedEvent[],
): PartRun<void> {
  const webhooks = yield* rowsOf(statements.webhooksToTell({ tenantId }));
  if (webhooks.length === 0) return;
  for (const { seq, at, json } of events) {
    const { type, number } = JSON.parse(json) as EventData;
    const event = { call_id: callId, seq, type, number, about: null };
    for (const webhook of webhooks) {
      if (wants(webhook, type)) yield statements.insertDelivery(newDelivery(webhook.id, event, at));
    }
  }
}

/** The same for what happened to the account, and to no call of it. */
export function* queueAccountEvent(
  statements: WriteStatements,
  tenantId: string,
  type: AccountEventType,
  about: AccountEvent,
  at: number,
): PartRun<void> {
  const event = { call_id: null, seq: null, type, number: 0, about: JSON.stringify(about) };
  for (const webhook of yield* rowsOf(statements.webhooksToTell({ tenantId }))) {
    if (wants(webhook, type)) yield statements.insertDelivery(newDelivery(webhook.id, event, at));
  }
}

function wants({ types }: Pick<WebhookRow, 'types'>, type: WebhookType): boolean {
  return types === null || types.split(',').includes(type);
}

type QueuedRow = Pick<DeliveryRow, 'call_id' | 'seq' | 'type' | 'number' | 'about'>;

function newDelivery(webhookId: string, event: QueuedRow, at: number): Columns<DeliveryRow> {
  return {
    webhook_id: webhookId,
    id: newOrderedId(),
    ...event,
    state: 'pending',
    attempts: 0,
    due_at: at,
    until_at: at + DAY_MICROS,
    created_at: at,
  };
}

// oxlint-disable-next-line typescript/consistent-return -- these are all the cases, as tsc knows
export function runWebhookOp(statements: WriteStatements, op: WebhookOp): OpRun {
  switch (op[0]) {
    case 'claim':
      return claim(statements, op[1], op[2], op[3], op[4]);
    case 'settle':
      return settle(statements, op[1]);
    case 'release':
      return release(statements, op[1], op[2], op[3], op[4]);
    case 'queueTest':
      return anyRow(statements.insertDelivery(op[1]));
    case 'requeue':
      return anyRow(statements.requeueDelivery({ webhook_id: op[1], id: op[2], now: op[3], until: op[4] }));
    case 'pruneDeliveries':
      return prune(statements, op[1], op[2], op[3]);
    case 'forgetWebhook':
      return anyRow(statements.forgetWebhook({ id: op[1] }));
  }
}

function* claim(
  statements: WriteStatements,
  webhookId: string,
  now: number,
  lease: number,
  limit: number,
): OpRun {
  const [webhook] = yield* rowsOf(statements.webhookToServe({ id: webhookId, now }));
  if (webhook === undefined) return null;
  const most = webhook.failures > 0 ? 1 : limit;
  const due = yield* rowsOf(statements.dueDeliveries({ webhook_id: webhookId, now, limit: most }));
  const deliveries: DeliveryRow[] = [];
  for (const row of due) {
    const { id, attempts } = row;
    if (row.until_at < now) {
      yield statements.endDelivery({ webhook_id: webhookId, id, state: 'given_up' });
      continue;
    }
    const taken = yield statements.takeDelivery({ webhook_id: webhookId, id, attempts, lease });
    if (taken.length > 0) deliveries.push({ ...row, attempts: attempts + 1, due_at: lease });
  }
  const claimed: ClaimedRows = { ...webhook, deliveries };
  return JSON.stringify(claimed);
}

function* settle(statements: WriteStatements, settled: SettleValues): OpRun {
  const { attempt, outcome, due, retryAt } = settled;
  const { webhook_id, delivery_id: id, number: attempts } = attempt;
  // Who was told knows it, whoever else is telling it again.
  if (outcome === 'delivered') yield statements.endDelivery({ webhook_id, id, state: 'delivered' });
  else if (outcome === 'retry')
    yield statements.endAttempt({ webhook_id, id, attempts, state: 'pending', due_at: due });
  else yield statements.endAttempt({ webhook_id, id, attempts, state: 'given_up', due_at: null });
  yield statements.insertAttempt(attempt);
  if (outcome === 'delivered') {
    yield statements.countSuccess({ id: webhook_id });
    return null;
  }
  const now = attempt.at + attempt.duration;
  const failure = { id: webhook_id, began: attempt.at, now, retry_at: retryAt };
  const [counted] = yield* rowsOf(statements.countFailure(failure));
  return counted?.failing_since ?? null;
}

function* release(
  statements: WriteStatements,
  webhook_id: string,
  id: string,
  attempts: number,
  now: number,
): OpRun {
  return yield* anyRow(statements.endAttempt({ webhook_id, id, attempts, state: 'pending', due_at: now }));
}

/** Deletes the oldest, and says how many there were. */
function* prune(statements: WriteStatements, webhook_id: string, before: string, limit: number): OpRun {
  const old = yield* rowsOf(statements.oldDeliveries({ webhook_id, before, limit }));
  const last = old.at(-1);
  if (last === undefined) return 0;
  yield statements.deleteAttempts({ webhook_id, upTo: last.id });
  yield statements.deleteDeliveries({ webhook_id, upTo: last.id });
  return old.length;
}
