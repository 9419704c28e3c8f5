import { Type, type Static } from 'typebox';
import { WEBHOOK_TYPES } from '../call-words.ts';
import { Id, orNull, Time, word } from './common.ts';

/** Where an account is told of events. */
export const WEBHOOK_STATES = ['active', 'paused'] as const;

const Types = Type.Array(Type.Enum(Object.keys(WEBHOOK_TYPES)));

export const Webhook = Type.Object({
  id: Id,
  url: Type.String({ description: 'Where messages go, by POST.' }),
  types: orNull(Types),
  label: Type.String({ description: 'Your own word for it.' }),
  state: word(WEBHOOK_STATES, '`paused`: nothing is sent, and what is told meanwhile waits, for a day.'),
  paused_reason: orNull(Type.String({ description: 'Why it is paused, and what to do.' })),
  failing_since: orNull(Time),
  created_at: Time,
});
export type Webhook = Static<typeof Webhook>;

const Secret = Type.String({
  description: 'What messages are signed with: `whsec_…`. It is shown this once.',
});

export const NewWebhook = Type.Object({ ...Webhook.properties, secret: Secret });
export type NewWebhook = Static<typeof NewWebhook>;

export const RotatedWebhook = Type.Object({
  ...Webhook.properties,
  secret: Secret,
  previous_secret_until: Type.String({
    format: 'date-time',
    description: 'Until then messages are signed with the secret before as well.',
  }),
});
export type RotatedWebhook = Static<typeof RotatedWebhook>;

export const DELIVERY_STATES = ['pending', 'delivered', 'given_up'] as const;

const Attempt = Type.Object({
  number: Type.Integer({ description: 'Of the attempts that were begun: 1, 2, 3 …' }),
  at: Time,
  duration_ms: Type.Number({ description: 'Milliseconds.' }),
  status: orNull(Type.Integer({ description: 'The HTTP status; null: there was no answer.' })),
  error: orNull(Type.String({ description: 'What was wrong; null: nothing.' })),
  response: orNull(Type.String({ description: "The beginning of the answer's body, as one line of text." })),
});

/** One message to one webhook. */
export const Delivery = Type.Object({
  id: Id,
  event_id: Type.String({ description: 'The id of the message, its `webhook-id`.' }),
  type: Type.Enum([...Object.keys(WEBHOOK_TYPES), 'webhook.test']),
  number: Type.Integer({ description: "Of the call's events; 0 for what is of no call." }),
  call_id: orNull(Id),
  state: word(DELIVERY_STATES, '`given_up`: it was tried for a day, or the receiver wants no more.'),
  created_at: Time,
  next_attempt_at: orNull(Time),
  given_up_at: Type.String({ format: 'date-time', description: 'Until then it is tried.' }),
  attempts: Type.Array(Attempt, { description: 'In their order.' }),
});
export type Delivery = Static<typeof Delivery>;
