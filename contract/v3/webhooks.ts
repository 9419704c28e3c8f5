import { Type } from 'typebox';
import { WEBHOOK_TYPES } from '../call-words.ts';
import { BODY_ERRORS, type Operation } from './operation.ts';
import { page, pageQuery } from './pages.ts';
import { Delivery, NewWebhook, RotatedWebhook, Webhook } from './webhook.ts';

const Url = Type.String({
  minLength: 1,
  maxLength: 2048,
  description: 'Where messages go, http or https, without a user, a password or a fragment',
});
const Types = Type.Union(
  [Type.Array(Type.Enum(Object.keys(WEBHOOK_TYPES)), { minItems: 1, maxItems: 20 }), Type.Null()],
  { description: 'What it is told of; null: of everything' },
);
const Label = Type.String({
  maxLength: 80,
  pattern: '^[^\\p{Cc}]*$',
  description: 'Your own word for it; without characters of control',
});

export const LIST_WEBHOOKS = {
  id: 'listWebhooks',
  summary: 'List webhooks, oldest first',
  answers: { 200: { says: 'All webhooks of the account.', body: page(Webhook, 'Oldest first.') } },
} as const satisfies Operation;

export const CREATE_WEBHOOK = {
  id: 'createWebhook',
  summary: 'Add a webhook',
  says: 'From now on each event of the account is sent there, signed as [Standard Webhooks](https://www.standardwebhooks.com) has it: docs/webhooks.md says how to verify it. The secret is in this answer and in none after it. An account has 20 at most.',
  body: Type.Object(
    { url: Url, types: Type.Optional(Types), label: Type.Optional(Label) },
    { additionalProperties: false },
  ),
  answers: {
    201: {
      says: 'The webhook, and its secret.',
      body: NewWebhook,
      headers: { Location: 'Where the webhook is.' },
    },
  },
  errors: BODY_ERRORS,
} as const satisfies Operation;

export const READ_WEBHOOK = {
  id: 'readWebhook',
  summary: 'One webhook',
  answers: { 200: { says: 'The webhook as it is now.', body: Webhook } },
} as const satisfies Operation;

export const CHANGE_WEBHOOK = {
  id: 'changeWebhook',
  summary: 'Change a webhook',
  says: 'What is not given stays as it is. What waits for delivery goes to the new URL.',
  body: Type.Object(
    { url: Type.Optional(Url), types: Type.Optional(Types), label: Type.Optional(Label) },
    { additionalProperties: false },
  ),
  answers: { 200: { says: 'The webhook as it is now.', body: Webhook } },
  errors: BODY_ERRORS,
} as const satisfies Operation;

export const REMOVE_WEBHOOK = {
  id: 'removeWebhook',
  summary: 'Remove a webhook',
  says: 'What waits for delivery is not sent any more, and its deliveries are gone.',
  answers: { 204: { says: 'It is removed.' } },
} as const satisfies Operation;

export const ROTATE_SECRET = {
  id: 'rotateWebhookSecret',
  summary: 'Give a webhook a new secret',
  says: 'For a day messages are signed with both, so that the receiver can change over in its own time. The new one is in this answer and in none after it.',
  answers: { 200: { says: 'The webhook, and its new secret.', body: RotatedWebhook } },
} as const satisfies Operation;

export const PAUSE_WEBHOOK = {
  id: 'pauseWebhook',
  summary: 'Pause a webhook',
  says: 'What is told meanwhile waits, for a day.',
  answers: { 200: { says: 'The webhook as it is now.', body: Webhook } },
} as const satisfies Operation;

export const RESUME_WEBHOOK = {
  id: 'resumeWebhook',
  summary: 'Resume a webhook',
  says: 'What waits is sent now; what has waited for more than a day is given up.',
  answers: { 200: { says: 'The webhook as it is now.', body: Webhook } },
} as const satisfies Operation;

export const TEST_WEBHOOK = {
  id: 'testWebhook',
  summary: 'Send a test',
  says: 'Sends a message of the type `webhook.test`, which is of no call, to this webhook alone. What comes of it is in its delivery.',
  answers: {
    202: { says: 'The test is on its way.', body: Delivery, headers: { Location: 'Its delivery.' } },
  },
  errors: ['webhook_paused'],
} as const satisfies Operation;

export const LIST_DELIVERIES = {
  id: 'listDeliveries',
  summary: "List a webhook's deliveries, newest first",
  says: 'Each with its attempts and what the receiver answered. They are kept for seven days.',
  query: Type.Object(pageQuery({ limit: 50, limitMax: 200 }), { additionalProperties: false }),
  answers: { 200: { says: 'A page of deliveries.', body: page(Delivery, 'Newest first.') } },
  errors: ['parameter_invalid'],
} as const satisfies Operation;

export const READ_DELIVERY = {
  id: 'readDelivery',
  summary: 'One delivery',
  answers: { 200: { says: 'The delivery as it is now.', body: Delivery } },
} as const satisfies Operation;

export const RESEND_DELIVERY = {
  id: 'resendDelivery',
  summary: 'Send a delivery again',
  says: 'Whatever became of it, it is sent now, with the same id, and tried for another day.',
  answers: { 202: { says: 'It is on its way.', body: Delivery } },
  errors: ['webhook_paused'],
} as const satisfies Operation;
