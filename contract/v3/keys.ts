import { Type, type Static } from 'typebox';
import { Id, orNull, Time, word } from './common.ts';
import type { Operation } from './operation.ts';
import { page } from './pages.ts';
import { SCOPES } from './scopes.ts';

export const KEY_KINDS = ['live', 'test', 'publishable'] as const;

const KIND_SAYS =
  'live: any PBX of the account; test: the PBXs in the box alone; publishable: for web pages, makes calls by POST, reads and ends its own, nothing else';
const NUMBERS = ' as numbers, or digits with x for any one digit and * at the end for the rest';
const LISTS = {
  allow_first: `What it may ring first,${NUMBERS}`,
  allow_as: `Whom it may dial as,${NUMBERS}; where a call names nobody, the first number counts`,
  allow_to: `What it may dial second,${NUMBERS}`,
  allow_ip: 'Where it may come from, as addresses or ranges such as 203.0.113.0/24',
  allow_origin: 'Web origins that it may come from, such as https://www.example.net',
} as const;
const COUNTS = {
  per_minute: 'Calls that it may ask for within any minute',
  at_once: 'Calls of it that may be going on at the same time',
} as const;

const seenList = (description: string) =>
  orNull(Type.Array(Type.String(), { description: `${description}. Null: any.` }));
const seenCount = (description: string) =>
  orNull(Type.Integer({ description: `${description}. Null: no limit.` }));

/** The limits of a key, as they are shown. */
export const KeyLimits = {
  allow_first: seenList(LISTS.allow_first),
  allow_as: seenList(LISTS.allow_as),
  allow_to: seenList(LISTS.allow_to),
  allow_ip: seenList(LISTS.allow_ip),
  allow_origin: seenList(LISTS.allow_origin),
  per_minute: seenCount(COUNTS.per_minute),
  at_once: seenCount(COUNTS.at_once),
};

/** An API key, by all that is known of it but itself. */
export const Key = Type.Object({
  id: Id,
  prefix: Type.String({ description: 'The first characters, to recognise it by.' }),
  label: Type.String(),
  kind: word(KEY_KINDS, `${KIND_SAYS}.`),
  scopes: Type.Array(Type.Enum(Object.keys(SCOPES)), { description: 'What it may do.' }),
  ...KeyLimits,
  created_at: Time,
  last_used_at: orNull(Time),
  expires_at: orNull(Time),
  revoked_at: orNull(Time),
  frozen: orNull(
    Type.Object(
      { since: Time, reason: Type.String({ description: 'In words.' }) },
      { description: 'Its calls looked like those of a thief, so it makes none.' },
    ),
  ),
});
export type Key = Static<typeof Key>;

export const MadeKey = Type.Object({
  ...Key.properties,
  api_key: Type.String({ description: 'The key itself. It is shown this once; only its hash is stored.' }),
});

export const LIST_KEYS = {
  id: 'listKeys',
  summary: 'List keys, oldest first',
  answers: { 200: { says: "The account's keys, revoked ones too.", body: page(Key, 'Oldest first.') } },
} as const satisfies Operation;

const list = (description: string, maxLength: number) =>
  Type.Optional(Type.Array(Type.String({ maxLength }), { minItems: 1, maxItems: 100, description }));
const count = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description }));
const expiry = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }));

const MAKE_ERRORS = [
  'body_invalid',
  'body_too_large',
  'media_type_unsupported',
  'parameter_invalid',
] as const;

export const MAKE_KEY = {
  id: 'makeKey',
  summary: 'Make a key',
  says: 'Whatever is not given is not limited. A key makes no key that has more rights than its own: such a one is `key_forbidden`, and each field says what it could be.',
  body: Type.Object(
    {
      label: Type.Optional(
        Type.String({
          maxLength: 80,
          pattern: '^[^\\p{Cc}]*$',
          default: '',
          description: 'What the key is for; without characters of control',
        }),
      ),
      kind: Type.Optional(Type.Enum([...KEY_KINDS], { default: 'live', description: KIND_SAYS })),
      scopes: list('What it may do; everything unless given', 40),
      allow_first: list(LISTS.allow_first, 64),
      allow_as: list(LISTS.allow_as, 64),
      allow_to: list(LISTS.allow_to, 64),
      allow_ip: list(LISTS.allow_ip, 64),
      allow_origin: list(`${LISTS.allow_origin}; a publishable key needs one`, 300),
      expires_at: expiry('When it expires; never unless given'),
      per_minute: count(COUNTS.per_minute),
      at_once: count(COUNTS.at_once),
    },
    { additionalProperties: false },
  ),
  answers: { 201: { says: 'The key.', body: MadeKey, headers: { Location: 'Where it is.' } } },
  errors: MAKE_ERRORS,
} as const satisfies Operation;

export const READ_KEY = {
  id: 'readKey',
  summary: 'One key',
  answers: { 200: { says: 'The key.', body: Key } },
} as const satisfies Operation;

export const ROTATE_KEY = {
  id: 'rotateKey',
  summary: 'Rotate a key',
  says: 'Makes a key with the same label, rights and limits, and lets the old one expire after the overlap, so that whoever uses it can be given the new one in peace. A key that is dead already is not rotated: 404.',
  body: Type.Object(
    {
      overlap_seconds: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 2_592_000,
          default: 86_400,
          description: 'How long the old key goes on; it never lives longer than it would have',
        }),
      ),
      expires_at: expiry('When the new key expires; as the old one would have unless given'),
    },
    { additionalProperties: false },
  ),
  answers: { 201: { says: 'The new key.', body: MadeKey, headers: { Location: 'Where it is.' } } },
  errors: MAKE_ERRORS,
} as const satisfies Operation;

export const REVOKE_KEY = {
  id: 'revokeKey',
  summary: 'Revoke a key',
  says: 'At once and for ever, also the one that asks for it.',
  answers: { 204: { says: 'It is revoked.' } },
} as const satisfies Operation;

export const UNFREEZE_KEY = {
  id: 'unfreezeKey',
  summary: 'Let a frozen key make calls again',
  says: 'What it froze for is what it is used to from now on. Where those calls were not yours, revoke the key instead. A key that is not frozen stays as it is.',
  answers: { 200: { says: 'The key.', body: Key } },
} as const satisfies Operation;
