import { Type, type Static } from 'typebox';
import { Id, orNull, Time, word } from './common.ts';

/** What people may do in an account, the most first. What each word allows: `src/access/roles.ts`. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const RoleWord = word(
  ROLES,
  '`owner`: everything. `admin`: everything but making, changing and removing owners. `member`: calls, and reading PBXs. `viewer`: reading calls and PBXs.',
);

/** An account, in a few words. */
export const AccountName = Type.Object({
  id: Id,
  slug: Type.String({ description: 'What the command line calls it.' }),
  name: Type.String(),
});

/** Somebody who may log in. */
export const User = Type.Object({
  id: Id,
  email: Type.String(),
  name: Type.String(),
  role: RoleWord,
  confirmed: Type.Boolean({
    description: 'That the e-mail is theirs, where this installation asks for that.',
  }),
});
export type User = Static<typeof User>;

/** Somebody's place in an account. */
export const Member = Type.Object({
  ...User.properties,
  since: Time,
  last_seen_at: orNull(Time),
});
export type Member = Static<typeof Member>;

/** A browser in which somebody is logged in. */
export const Session = Type.Object({
  id: Id,
  account: AccountName,
  created_at: Time,
  last_seen_at: Time,
  expires_at: Type.String({ format: 'date-time', description: 'When it ends, whatever is done in it.' }),
  agent: Type.String({ description: 'What the browser calls itself.' }),
  address: Type.String({ description: 'Where the log-in came from.' }),
  current: Type.Boolean({ description: 'The one that asks.' }),
});
export type Session = Static<typeof Session>;

export const Invitation = Type.Object({
  id: Id,
  email: Type.String(),
  role: RoleWord,
  created_at: Time,
  expires_at: Time,
});
export type Invitation = Static<typeof Invitation>;

/* Fields of requests. */

/** One @ with something on both sides: what else an address must be, its own server knows. */
export const EMAIL_PATTERN =
  '^[^\\s@<>"(),:;\\[\\]\\\\\\p{Cc}]{1,64}@[^\\s@<>"(),:;\\[\\]\\\\\\p{Cc}]{1,190}$';
export const EMAIL_MAX = 254;

export const EmailField = Type.String({
  minLength: 3,
  maxLength: EMAIL_MAX,
  pattern: EMAIL_PATTERN,
  description: 'An e-mail address such as ann@example.net',
});
/** Something that can be seen, and no characters of control. */
const NAMED = '^[^\\p{Cc}]*[^\\p{Cc}\\s][^\\p{Cc}]*$';
export const PersonName = Type.String({
  minLength: 1,
  maxLength: 80,
  pattern: NAMED,
  description: 'What people call them; without characters of control',
});
export const NewAccountName = Type.String({
  minLength: 1,
  maxLength: 80,
  pattern: NAMED,
  description: "What the account is called; the person's name unless given",
});
/** A new one is held to `src/people/passwords.ts` as well. */
export const NewPassword = Type.String({
  minLength: 10,
  maxLength: 200,
  description: 'Any characters; long is better than odd',
});
export const GivenPassword = Type.String({ minLength: 1, maxLength: 200, description: 'The password' });
export const LinkToken = Type.String({
  minLength: 20,
  maxLength: 100,
  pattern: '^[A-Za-z0-9_-]*$',
  description: 'What stands in the link',
});
export const RoleField = Type.Enum([...ROLES], { description: 'What they may do' });

export const NOTHING_ELSE = { additionalProperties: false } as const;
