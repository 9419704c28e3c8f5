import { Type, type Static } from 'typebox';
import { CALL_STATES, DISPOSITIONS, ENDED_BY, FAULTS, LEG_STATES, SIDES } from '../call-words.ts';
import { ERROR_CODES } from '../error-codes.ts';
import { orNull, Time, word } from './common.ts';

const Seconds = Type.Number({ description: 'Seconds, with microseconds.' });

export const Cause = Type.Object({
  q850: orNull(Type.Integer({ description: 'ITU-T Q.850.' })),
  sip: orNull(Type.Integer({ description: 'The SIP status that the phone or the trunk answered with.' })),
  text: Type.String({ description: "The PBX's own words." }),
});

export const Leg = Type.Object({
  side: word(SIDES, 'Which number this is.'),
  number: orNull(Type.String()),
  state: word(LEG_STATES, '`planned`: its phone was not asked to ring yet.'),
  asked_at: orNull(Time),
  ringing_at: orNull(Time),
  answered_at: orNull(Time),
  hung_up_at: orNull({ ...Time, description: 'When this side asked for the end of the call.' }),
  ended_at: orNull(Time),
  cause: orNull(Cause),
  talk_seconds: orNull(Seconds),
});

export const Diagnosis = Type.Object({
  code: Type.String({ description: 'A stable word; docs/diagnoses.md has them all.' }),
  says: Type.String({ description: 'What happened, in one sentence.' }),
  remedy: Type.String({ description: 'What to do about it; empty where nothing is to be done.' }),
  fault: word(FAULTS, 'Who can put it right.'),
});

export const OrderProblem = Type.Object(
  {
    code: Type.Enum(Object.keys(ERROR_CODES), { description: 'docs/errors.md has them all.' }),
    said: Type.String({
      description: 'The words of the PBX or the network, unaltered; ours where nobody else spoke.',
    }),
    remedy: Type.String({ description: 'What to do about it.' }),
  },
  { description: 'Why the PBX did not take the order, or why nobody knows whether it did (`pbx_in_doubt`).' },
);

/** A call, as `/v3`, its events and its webhooks have it. What is not known is null. */
export const Call = Type.Object({
  id: Type.String({ description: 'A UUID: the request_id of the documented API.' }),
  state: word(CALL_STATES, 'What was heard of last. `ended` and `unknown` are final.'),
  disposition: orNull(word(DISPOSITIONS, 'What it came to; null while it lives.')),
  ended_by: orNull(word(ENDED_BY, 'Who ended it; null while it lives.')),
  dial_first: orNull(Type.String()),
  dial_second: orNull(Type.String()),
  dial_as: orNull(Type.String()),
  pbx: orNull(Type.String({ description: "The account's name for the PBX." })),
  reference: orNull(Type.String({ description: "The customer's own word for it." })),
  legs: Type.Array(Leg, { description: 'First and second.' }),
  asked_at: Time,
  accepted_at: orNull(Time),
  connected_at: orNull(Time),
  ended_at: orNull(Time),
  duration_seconds: orNull(Seconds),
  talk_seconds: orNull(Seconds),
  problem: orNull(OrderProblem),
  diagnosis: orNull(Diagnosis),
  last_event: Type.Integer({ description: 'The number of the last event that was told of it; 0: none yet.' }),
});
export type Call = Static<typeof Call>;
