import { Type, type Static } from 'typebox';
import { EVENT_TYPES } from '../call-words.ts';
import { Call } from './call.ts';
import { Time } from './common.ts';

/** One thing that happened to a call, as streams and webhooks tell it: when we learned of it, and the call as it was then. */
export const CallEvent = Type.Object({
  id: Type.String({
    description: "The call's id, a hyphen, and the event's number. Whoever is told twice knows it by that.",
  }),
  type: Type.Enum(Object.keys(EVENT_TYPES), { description: 'What happened. New ones may come.' }),
  number: Type.Integer({ description: "Of the call's events: 1, 2, 3 … without holes." }),
  at: Time,
  call: Call,
});
export type CallEvent = Static<typeof CallEvent>;
