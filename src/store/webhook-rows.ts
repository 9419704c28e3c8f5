import type { WebhookType } from '../../contract/call-words.ts';
import type {
  AccountEvent,
  AttemptRecord,
  DeliveryRecord,
  Settlement,
  WebhookRecord,
} from '../webhooks/ports.ts';
import type { SettleValues } from './op.ts';
import type { AttemptRow, DeliveryRow, WebhookRow } from './schema.ts';
import { fromText, toText } from './text.ts';

export function webhookRow(webhook: WebhookRecord): WebhookRow {
  return {
    id: webhook.id,
    tenant_id: webhook.tenantId,
    url: toText(webhook.url),
    types: typesText(webhook.types),
    label: toText(webhook.label),
    sealed: webhook.sealed,
    state: webhook.state,
    reason: toText(webhook.reason),
    failures: 0,
    failing_since: webhook.failingSinceMicros ?? null,
    retry_at: 0,
    created_at: webhook.createdAtMicros,
  };
}

/** @param row not a removed one */
export function webhookOf(row: WebhookRow): WebhookRecord {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    url: fromText(row.url),
    types: row.types === null ? undefined : (row.types.split(',') as WebhookType[]),
    label: fromText(row.label),
    sealed: row.sealed,
    state: row.state === 'paused' ? 'paused' : 'active',
    reason: fromText(row.reason),
    failingSinceMicros: row.failing_since ?? undefined,
    createdAtMicros: row.created_at,
  };
}

export function typesText(types: readonly WebhookType[] | undefined): string | null {
  return types === undefined ? null : types.join(',');
}

export function deliveryRow(delivery: DeliveryRecord): DeliveryRow {
  return {
    webhook_id: delivery.webhookId,
    id: delivery.id,
    call_id: delivery.callId ?? null,
    seq: delivery.seq ?? null,
    type: delivery.type,
    number: delivery.number,
    state: delivery.state,
    attempts: delivery.attempts,
    due_at: delivery.dueAtMicros ?? null,
    until_at: delivery.untilMicros,
    created_at: delivery.createdAtMicros,
    about: delivery.about === undefined ? null : JSON.stringify(delivery.about),
  };
}

export function deliveryOf(row: DeliveryRow): DeliveryRecord {
  return {
    webhookId: row.webhook_id,
    id: row.id,
    callId: row.call_id ?? undefined,
    seq: row.seq ?? undefined,
    type: row.type,
    number: row.number,
    state: row.state,
    attempts: row.attempts,
    dueAtMicros: row.due_at ?? undefined,
    untilMicros: row.until_at,
    createdAtMicros: row.created_at,
    about: row.about === null ? undefined : (JSON.parse(row.about) as AccountEvent),
  };
}

export function attemptOf(row: AttemptRow): AttemptRecord {
  return {
    deliveryId: row.delivery_id,
    number: row.number,
    atMicros: row.at,
    durationMicros: row.duration,
    status: row.status ?? undefined,
    error: fromText(row.error),
    response: fromText(row.response),
  };
}

export function settleValues(settlement: Settlement): SettleValues {
  const { webhookId, attempt, outcome } = settlement;
  return {
    attempt: {
      webhook_id: webhookId,
      delivery_id: attempt.deliveryId,
      number: attempt.number,
      at: attempt.atMicros,
      duration: attempt.durationMicros,
      status: attempt.status ?? null,
      error: toText(attempt.error),
      response: toText(attempt.response),
    },
    outcome,
    due: settlement.dueAtMicros,
    retryAt: settlement.retryAtMicros,
  };
}
