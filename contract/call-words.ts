/*
 * The words in which a call's life is told, here and to the world. A word keeps its meaning for good; new ones may come.
 */

/**
 * Where a call is. Each says what has been heard of, never what must be going on:
 *
 *     originating ─▶ ringing_first ─▶ answered_first ─▶ ringing_second ─▶ connected ─▶ ended
 *
 * States may be passed over and none is gone back to. `ended` and `unknown` are final; `unknown` is a call that its PBX
 * can't tell about, or can no longer be asked about.
 */
export const CALL_STATES = [
  'originating',
  'ringing_first',
  'answered_first',
  'ringing_second',
  'connected',
  'ended',
  'unknown',
] as const;
export type CallState = (typeof CALL_STATES)[number];

/** What a request for a call can wait for. */
export const MILESTONES = {
  accepted: 'The PBX took the order.',
  ringing: 'The first phone rings.',
  answered: 'The first phone was picked up.',
  connected: 'Both talk.',
  ended: 'The call is over.',
} as const;
export type Milestone = keyof typeof MILESTONES;

/** What a call came to, as a call detail record has it. */
export const DISPOSITIONS = [
  'answered',
  'busy',
  'declined',
  'no_answer',
  'unavailable',
  'congestion',
  'cancelled',
  'failed',
  'unknown',
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** Who ended it. `pbx`: its timeout, or what it could not do. */
export const ENDED_BY = ['first', 'second', 'api', 'pbx', 'unknown'] as const;
export type EndedBy = (typeof ENDED_BY)[number];

export const SIDES = ['first', 'second'] as const;
export type Side = (typeof SIDES)[number];

/** `planned`: its phone was not asked to ring yet. */
export const LEG_STATES = ['planned', 'asked', 'ringing', 'answered', 'ended'] as const;
export type LegState = (typeof LEG_STATES)[number];

/** What is told of a call while it lives, in the order in which it can happen. */
export const EVENT_TYPES = {
  'call.accepted': 'The PBX took the order.',
  'call.in_doubt': 'The order was sent and no answer came: it may ring.',
  'call.ringing_first': 'The first phone rings.',
  'call.answered_first': 'The first phone was picked up.',
  'call.ringing_second': 'The second phone rings.',
  'call.connected': 'Both talk.',
  'call.ended':
    'The call is over, or nothing more can be known of it: disposition, causes and diagnosis stand.',
} as const;
export type EventType = keyof typeof EVENT_TYPES;

/** What webhooks are told of beside: of no call, and in no stream. */
export const ACCOUNT_EVENT_TYPES = {
  'key.frozen': 'A key froze itself: its calls look like those of a thief.',
} as const;
export type AccountEventType = keyof typeof ACCOUNT_EVENT_TYPES;

/** Everything that a webhook may want. */
export const WEBHOOK_TYPES = { ...EVENT_TYPES, ...ACCOUNT_EVENT_TYPES } as const;
export type WebhookType = keyof typeof WEBHOOK_TYPES;

/** Who can put right what went wrong. `nobody`: nothing did. */
export const FAULTS = [
  'nobody',
  'caller',
  'first',
  'second',
  'settings',
  'pbx',
  'network',
  'service',
  'unknown',
] as const;
export type Fault = (typeof FAULTS)[number];
