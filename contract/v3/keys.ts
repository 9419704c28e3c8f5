import { Type, type Static } from 'typebox';
import { Id, orNull, Time } from './common.ts';
import type { Operation } from './operation.ts';
import { page } from './pages.ts';

/** An API key, by all that is known of it but itself. */
export const Key = Type.Object({
  id: Id,
  prefix: Type.String({ description: 'The first characters, to recognise it by.' }),
  label: Type.String(),
  created_at: Time,
  last_used_at: orNull(Time),
  revoked_at: orNull(Time),
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

export const MAKE_KEY = {
  id: 'makeKey',
  summary: 'Make a key',
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
    },
    { additionalProperties: false },
  ),
  answers: { 201: { says: 'The key.', body: MadeKey, headers: { Location: 'Where it is.' } } },
  errors: ['body_invalid', 'body_too_large', 'media_type_unsupported', 'parameter_invalid'],
} as const satisfies Operation;

export const READ_KEY = {
  id: 'readKey',
  summary: 'One key',
  answers: { 200: { says: 'The key.', body: Key } },
} as const satisfies Operation;

export const REVOKE_KEY = {
  id: 'revokeKey',
  summary: 'Revoke a key',
  says: 'At once and for ever, also the one that asks for it.',
  answers: { 204: { says: 'It is revoked.' } },
} as const satisfies Operation;
