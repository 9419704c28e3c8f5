import type { Delivery, Webhook } from '../../contract/v3/webhook.ts';
import { rfc3339, rfc3339OrNull } from '../kit/clock.ts';
import { messageId } from './message.ts';
import type { AttemptRecord, WebhookRecord } from './ports.ts';
import type { TriedDelivery } from './webhooks.ts';

export function presentWebhook(webhook: WebhookRecord): Webhook {
  const { id, url, types, label, state, reason, failingSinceMicros, createdAtMicros } = webhook;
  return {
    id,
    url,
    types: types === undefined ? null : [...types],
    label,
    state,
    paused_reason: reason === '' ? null : reason,
    failing_since: rfc3339OrNull(failingSinceMicros),
    created_at: rfc3339(createdAtMicros),
  };
}

export function presentDelivery(delivery: TriedDelivery): Delivery {
  const { id, type, number, callId, state, dueAtMicros, untilMicros, createdAtMicros, tried } = delivery;
  return {
    id,
    event_id: messageId(delivery),
    type,
    number,
    call_id: callId ?? null,
    state,
    created_at: rfc3339(createdAtMicros),
    next_attempt_at: rfc3339OrNull(dueAtMicros),
    given_up_at: rfc3339(untilMicros),
    attempts: tried.map(presentAttempt),
  };
}

function presentAttempt(attempt: AttemptRecord): Delivery['attempts'][number] {
  const { number, atMicros, durationMicros, status, error, response } = attempt;
  return {
    number,
    at: rfc3339(atMicros),
    duration_ms: durationMicros / 1000,
    status: status ?? null,
    error: error === '' ? null : error,
    response: response === '' ? null : response,
  };
}
