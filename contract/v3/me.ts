import { Type, type Static } from 'typebox';
import { Id, orNull, Time } from './common.ts';
import { Key, KeyLimits } from './keys.ts';
import { BODY_ERRORS, type Operation } from './operation.ts';
import {
  AccountName,
  GivenPassword,
  NewPassword,
  NOTHING_ELSE,
  PersonName,
  User,
  RoleWord,
} from './people.ts';
import { SCOPES } from './scopes.ts';

const Scopes = Type.Array(Type.Enum(Object.keys(SCOPES)), { description: 'What it may do.' });

/** Who asks: a key, or somebody who is logged in. */
export const Me = Type.Object({
  account: Type.Object({ ...AccountName.properties, created_at: Time }),
  scopes: Scopes,
  key: Type.Optional(
    Type.Object({
      id: Id,
      prefix: Type.String({ description: 'The first characters of the key.' }),
      label: Type.String(),
      kind: Key.properties.kind,
      scopes: Scopes,
      ...KeyLimits,
      created_at: Time,
      last_used_at: orNull(Time),
      expires_at: orNull(Time),
    }),
  ),
  user: Type.Optional(User),
  accounts: Type.Optional(
    Type.Array(Type.Object({ ...AccountName.properties, role: RoleWord }), {
      description: 'All that the user is a member of, those joined first first.',
    }),
  ),
});
export type Me = Static<typeof Me>;

export const READ_ME = {
  id: 'readMe',
  summary: 'Who asks',
  says: 'Of a key `key`, of somebody who is logged in `user` and `accounts`.',
  answers: { 200: { says: 'The account, and who asks.', body: Me } },
} as const satisfies Operation;

export const CHANGE_ME = {
  id: 'changeMe',
  summary: "Change one's own name or password",
  says: 'A new password needs the one before, ends all other sessions of the user, and gives this one a new cookie.',
  body: Type.Object(
    {
      name: Type.Optional(PersonName),
      password: Type.Optional(NewPassword),
      current_password: Type.Optional(GivenPassword),
    },
    NOTHING_ELSE,
  ),
  answers: { 200: { says: 'Who asks, as they are now.', body: Me } },
  errors: [...BODY_ERRORS, 'login_failed', 'rate_limited'],
} as const satisfies Operation;
