import { Type, type Static } from 'typebox';
import { Id, orNull, Time } from './common.ts';
import { BODY_ERRORS, type Operation } from './operation.ts';
import { page, pageQuery } from './pages.ts';

/** A click link, by all that is known of it but its token. */
export const Link = Type.Object({
  id: Id,
  label: Type.String({ description: 'What it is for: its page says so.' }),
  dial_first: Type.String(),
  dial_second: Type.String(),
  dial_as: orNull(Type.String()),
  pbx: orNull(Type.String()),
  uses: Type.Integer({ description: 'Calls that it may make.' }),
  used: Type.Integer({ description: 'Calls that it has made.' }),
  made_by: orNull(Type.String({ description: 'The id of the key that made it; null: none did.' })),
  created_at: Time,
  last_used_at: orNull(Time),
  expires_at: Time,
  revoked_at: orNull(Time),
});

export type Link = Static<typeof Link>;

export const MadeLink = Type.Object({
  ...Link.properties,
  url: Type.String({ description: 'What is to be clicked. It is shown this once; only its hash is stored.' }),
});

export type MadeLink = Static<typeof MadeLink>;

const Number = (description: string) => Type.String({ minLength: 1, maxLength: 128, description });

export const LIST_LINKS = {
  id: 'listLinks',
  summary: 'List click links, newest first',
  query: Type.Object(pageQuery({ limit: 50, limitMax: 200 }), { additionalProperties: false }),
  answers: { 200: { says: 'A page of links, dead ones too.', body: page(Link, 'Newest first.') } },
  errors: ['parameter_invalid'],
} as const satisfies Operation;

export const MAKE_LINK = {
  id: 'makeLink',
  summary: 'Make a click link',
  says: 'A URL that makes one call, for whoever has no key. Opening it rings nobody: it shows a page with a button. Its calls are held to the limits of the key that made it, and it is dead when that key is. What the policy of the account allows is seen when it is clicked.',
  body: Type.Object(
    {
      label: Type.Optional(
        Type.String({
          maxLength: 80,
          pattern: '^[^\\p{Cc}]*$',
          default: '',
          description: 'What it is for: its page says so; without characters of control',
        }),
      ),
      dial_first: Number('The first number to ring, as people write it'),
      dial_second: Number('The number that it is connected to when it answers'),
      dial_as: Type.Optional(Number('The extension whose rights and identity the second leg uses')),
      pbx: Type.Optional(
        Type.String({ minLength: 1, maxLength: 64, description: 'The name or the id of a PBX, or a kind' }),
      ),
      uses: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 1_000, default: 1, description: 'Calls that it may make' }),
      ),
      expires_at: Type.Optional(
        Type.String({
          format: 'date-time',
          description: 'When it ends, at most 366 days from now; in 24 hours unless given',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answers: { 201: { says: 'The link.', body: MadeLink, headers: { Location: 'Where it is.' } } },
  errors: [...BODY_ERRORS, 'pbx_unknown', 'key_limit'],
} as const satisfies Operation;

export const READ_LINK = {
  id: 'readLink',
  summary: 'One click link',
  answers: { 200: { says: 'The link.', body: Link } },
} as const satisfies Operation;

export const REVOKE_LINK = {
  id: 'revokeLink',
  summary: 'Revoke a click link',
  says: 'At once and for ever. A call that it has made goes on.',
  answers: { 204: { says: 'It is revoked.' } },
} as const satisfies Operation;
