import { Type } from 'typebox';
import { CALL_STATES, DISPOSITIONS, MILESTONES } from '../call-words.ts';
import { Call } from './call.ts';
import { word } from './common.ts';
import { Explanation } from './explanation.ts';
import { JournalEntry } from './journal.ts';
import { BODY_ERRORS, type Operation } from './operation.ts';
import { page, pageQuery } from './pages.ts';

const Number = (description: string) => Type.String({ minLength: 1, maxLength: 128, description });

const REQUEST = {
  dial_first: Number('The first number to ring, as people write it'),
  dial_second: Number('The number that it is connected to when it answers'),
  dial_as: Type.Optional(Number('The extension whose rights and identity the second leg uses')),
  timeout: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 600, default: 30, description: 'Seconds that each phone may ring' }),
  ),
  pbx: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 64,
      default: 'asterisk',
      description: 'The name or the id of a PBX, or a kind: asterisk, switchvox, other',
    }),
  ),
  caller_id_name: Type.Optional(
    Type.String({ minLength: 1, maxLength: 80, description: 'What the first phone shows as the caller' }),
  ),
};

const Reference = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\p{Cc}]*$',
  description: 'Your own word for the call, to find it by; without characters of control',
});

/** What the order may come to: one of these, with the PBX's own words. */
const ORDER_ERRORS = [
  'key_limit',
  'pbx_unknown',
  'pbx_settings',
  'pbx_cannot',
  'pbx_busy',
  'pbx_unreachable',
  'pbx_address_refused',
  'pbx_tls',
  'pbx_login_refused',
  'pbx_protocol',
  'pbx_permission_denied',
  'pbx_refused',
  'phone_unregistered',
  'phone_unknown',
  'dial_as_unknown',
  'extension_unknown',
] as const;
export const CREATE_CALL = {
  id: 'createCall',
  summary: 'Make a call',
  says: `Rings the first number and, when it answers, connects it to the second. The answer comes when the PBX has taken the order, or later with \`wait\`.

An order that was sent and got no answer is **202**: it may ring. The call's \`problem\` says why. Do not send it again; watch the call.

With an \`Idempotency-Key\` the same request gives the same call for 24 hours, also at the same instant, and says so in \`Idempotent-Replayed\`. A call that failed stays the answer to its key: to try again, take another key. A request that was refused before a PBX was asked takes no key.`,
  headers: {
    'Idempotency-Key': {
      says: 'Makes the request safe to repeat: 1 to 255 visible ASCII characters, a UUID for one.',
      schema: Type.String({ minLength: 1, maxLength: 257, pattern: '^"?[!#-~]+"?$' }),
    },
  },
  query: Type.Object(
    {
      wait: Type.Optional(
        word(
          Object.keys(MILESTONES) as (keyof typeof MILESTONES)[],
          'Answer when the call is so far, or over, or when both phones have rung for their time. A PBX that does not tell is not waited for.',
        ),
      ),
    },
    { additionalProperties: false },
  ),
  body: Type.Object({ ...REQUEST, reference: Type.Optional(Reference) }, { additionalProperties: false }),
  answers: {
    201: {
      says: 'The PBX took the order.',
      body: Call,
      headers: {
        Location: 'Where the call is.',
        'Idempotent-Replayed': '`true`: the call of an earlier request.',
      },
    },
    202: {
      says: 'The order was sent and no answer came. It may ring; do not send it again.',
      body: Call,
      headers: { Location: 'Where the call is.' },
    },
  },
  errors: [
    ...BODY_ERRORS,
    'idempotency_key_reused',
    'policy_refused',
    'too_many_calls',
    'key_frozen',
    ...ORDER_ERRORS,
  ],
} as const satisfies Operation;

const CALL_FILTER = {
  state: Type.Optional(word(CALL_STATES, 'Calls in this state')),
  disposition: Type.Optional(word(DISPOSITIONS, 'Calls that came to this')),
  pbx: Type.Optional(
    Type.String({ minLength: 1, maxLength: 64, description: "The PBX's name, as calls have it" }),
  ),
  key: Type.Optional(
    Type.String({ pattern: '^[0-9a-fA-F-]{36}$', description: 'Calls that this key asked for: its id' }),
  ),
  reference: Type.Optional(Reference),
  dial_first: Type.Optional(Number('Calls that rang this number first')),
  dial_second: Type.Optional(Number('Calls to this number')),
  search: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Calls with this number on either side, or with this reference; the whole of it',
    }),
  ),
  from: Type.Optional(Type.String({ format: 'date-time', description: 'Asked for at this time or later' })),
  to: Type.Optional(Type.String({ format: 'date-time', description: 'Asked for before this time' })),
};

export const LIST_CALLS = {
  id: 'listCalls',
  summary: 'List calls, newest first',
  says: 'Where several things are asked for together, a page may hold fewer calls than `limit`, or none, and have a `next` all the same: follow it until it is null.',
  query: Type.Object(
    {
      ...pageQuery({ limit: 50, limitMax: 200 }),
      ...CALL_FILTER,
    },
    { additionalProperties: false },
  ),
  answers: { 200: { says: 'A page of calls.', body: page(Call, 'Newest first.') } },
  errors: ['parameter_invalid'],
} as const satisfies Operation;

export const EXPORT_CALLS = {
  id: 'exportCalls',
  summary: 'All calls as a table, newest first',
  says: 'CSV (RFC 4180), with a line of headings, in UTF-8: every call that the list would give, on all its pages. Times are RFC 3339, in UTC. What a spreadsheet would take for a formula, since it begins with `=`, `+`, `-` or `@`, has an apostrophe before it.',
  query: Type.Object(CALL_FILTER, { additionalProperties: false }),
  answers: { 200: { says: 'The table.', body: Type.String(), mediaType: 'text/csv' } },
  errors: ['parameter_invalid'],
} as const satisfies Operation;

export const READ_CALL = {
  id: 'readCall',
  summary: 'One call',
  answers: { 200: { says: 'The call as it is now.', body: Call } },
} as const satisfies Operation;

export const READ_JOURNAL = {
  id: 'readJournal',
  summary: "A call's journal",
  says: 'Everything that was said and done about a call, in its order, with microseconds: the request, each message to the PBX and from it, what the world was told.',
  query: Type.Object(pageQuery({ limit: 100, limitMax: 500 }), { additionalProperties: false }),
  answers: {
    200: {
      says: 'A page of the journal.',
      body: page(
        JournalEntry,
        'In the order of their times; those of one time in the order in which they were written.',
      ),
    },
  },
  errors: ['parameter_invalid'],
} as const satisfies Operation;

export const HANG_UP_CALL = {
  id: 'hangUpCall',
  summary: 'Hang a call up',
  says: 'Ends both sides of a call, whatever it is at. One that has not rung yet will not ring. A call that is over is left alone and answered with. One that is `unknown` may go on: its PBX is asked to end it, and does not tell whether it did.',
  answers: {
    200: { says: 'The call is over, or `unknown` as before.', body: Call },
    202: {
      says: 'The PBX was asked, and has not told of the end yet. It is asked again until it has.',
      body: Call,
    },
  },
  errors: [
    'pbx_removed',
    'pbx_cannot',
    'pbx_settings',
    'pbx_unreachable',
    'pbx_address_refused',
    'pbx_tls',
    'pbx_login_refused',
    'pbx_protocol',
    'pbx_permission_denied',
    'pbx_refused',
    'pbx_in_doubt',
  ],
} as const satisfies Operation;

export const EXPLAIN_CALL = {
  id: 'explainCall',
  summary: 'Say what a call would do, and ring nobody',
  body: Type.Object({ ...REQUEST, reference: Type.Optional(Reference) }, { additionalProperties: false }),
  answers: { 200: { says: 'What would become of it.', body: Explanation } },
  errors: [...BODY_ERRORS],
} as const satisfies Operation;
