import { Type } from 'typebox';
import { BODY_ERRORS, type Operation } from './operation.ts';
import { page } from './pages.ts';
import { AccountName, EmailField, GivenPassword, LinkToken, NOTHING_ELSE, Session, User } from './people.ts';

export const LoggedIn = Type.Object({ session: Session, user: User, account: AccountName });

export const LOG_IN = {
  id: 'logIn',
  summary: 'Log in',
  says: 'By `email` and `password`, or by the `token` of a one-time link. The session is a cookie that no script can read. Who is a member of several accounts names one, or gets the one that they joined first; the others are in `/v3/me`.',
  body: Type.Object(
    {
      email: Type.Optional(EmailField),
      password: Type.Optional(GivenPassword),
      token: Type.Optional(LinkToken),
      account: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 40,
          description: 'Which of their accounts, by its slug or its id',
        }),
      ),
    },
    NOTHING_ELSE,
  ),
  answers: {
    201: { says: 'They are logged in.', body: LoggedIn, headers: { 'Set-Cookie': 'The session.' } },
  },
  errors: [...BODY_ERRORS, 'login_failed', 'https_needed', 'rate_limited'],
} as const satisfies Operation;

export const LIST_SESSIONS = {
  id: 'listSessions',
  summary: "List one's own sessions, newest first",
  answers: {
    200: { says: 'Where whoever asks is logged in.', body: page(Session, 'Newest first.') },
  },
} as const satisfies Operation;

export const END_SESSION = {
  id: 'endSession',
  summary: "End one of one's own sessions",
  says: 'At once, in every process. `current` is the one that asks: that is to log out.',
  answers: { 204: { says: 'It is over.' } },
} as const satisfies Operation;

export const SWITCH_ACCOUNT = {
  id: 'switchAccount',
  summary: 'Go over to another of one’s accounts',
  says: 'Ends this session and begins another one, in the other account: the cookie is a new one.',
  body: Type.Object(
    {
      account: Type.String({
        minLength: 1,
        maxLength: 40,
        description: 'Which of their accounts, by its slug or its id',
      }),
    },
    NOTHING_ELSE,
  ),
  answers: {
    200: { says: 'The new session.', body: LoggedIn, headers: { 'Set-Cookie': 'The session.' } },
  },
  errors: [...BODY_ERRORS, 'not_found'],
} as const satisfies Operation;
