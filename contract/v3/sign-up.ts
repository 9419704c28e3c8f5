import { Type, type Static } from 'typebox';
import { Key } from './keys.ts';
import { BODY_ERRORS, type Operation } from './operation.ts';
import {
  AccountName,
  EmailField,
  LinkToken,
  NewAccountName,
  NewPassword,
  NOTHING_ELSE,
  PersonName,
  User,
} from './people.ts';
import { orNull } from './common.ts';

export const SignedUp = Type.Object({
  user: User,
  account: AccountName,
  key: orNull(
    Type.Object({
      ...Key.properties,
      key: Type.String({ description: 'The key itself. It is shown this once; only its hash is stored.' }),
    }),
  ),
  click_url: orNull(
    Type.String({ description: 'Pasted into a browser it makes a call, on the sandbox where there is one.' }),
  ),
});
export type SignedUp = Static<typeof SignedUp>;

export const SIGN_UP = {
  id: 'signUp',
  summary: 'Sign up',
  says: 'Makes a person and an account of theirs, with its first key, which is shown this once; and logs them in by a cookie. With an invitation the person joins the account of the invitation, and no account and no key is made; who has signed up before gives the password that they have.',
  body: Type.Object(
    {
      name: PersonName,
      email: EmailField,
      password: NewPassword,
      account_name: Type.Optional(NewAccountName),
      invitation: Type.Optional(LinkToken),
    },
    NOTHING_ELSE,
  ),
  answers: {
    201: {
      says: 'Who they are now. The cookie is the session.',
      body: SignedUp,
      headers: { 'Set-Cookie': 'The session.' },
    },
  },
  errors: [
    ...BODY_ERRORS,
    'signup_closed',
    'email_taken',
    'link_invalid',
    'login_failed',
    'https_needed',
    'rate_limited',
  ],
} as const satisfies Operation;
