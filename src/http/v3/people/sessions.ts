import type { END_SESSION, LIST_SESSIONS, LOG_IN, SWITCH_ACCOUNT } from '../../../../contract/v3/sessions.ts';
import {
  endSession as end,
  logInByLink,
  logInByPassword,
  sessionsOf,
  switchAccount as goTo,
  type LoggedIn,
} from '../../../people/log-in.ts';
import { notFound, problemOfFields } from '../problem.ts';
import type { Ask, Handler } from '../route.ts';
import { cookieHeader, NO_COOKIE } from '../session-cookie.ts';
import { presentAccount, presentSession, presentUser } from './present.ts';
import { told } from './told.ts';
import { needCookie, visitOf } from './visit-of.ts';

export const logIn: Handler<typeof LOG_IN> = async (ask, { people }) => {
  needCookie(ask);
  const { token, email, password, account } = ask.body;
  if (token !== undefined) return logged(201, await told(logInByLink(people, token, ask.from)));
  if (email === undefined || password === undefined) throw nothingToGoBy(ask.body);
  return logged(201, await told(logInByPassword(people, { email, password, account }, ask.from)));
};

export const switchAccount: Handler<typeof SWITCH_ACCOUNT> = async (ask, { people }) =>
  logged(200, await told(goTo(people, visitOf(ask).login, ask.body.account, ask.from)));

export const listSessions: Handler<typeof LIST_SESSIONS> = async (ask, { people, directory }) => {
  const { user, login } = visitOf(ask);
  const sessions = await sessionsOf(people, user.id);
  const accounts = new Map(
    (await people.store.membershipsOf(user.id)).map(({ account }) => [account.id, account]),
  );
  const items = await Promise.all(
    sessions.map(async (each) => {
      const account = accounts.get(each.tenantId) ?? (await directory.accountById(each.tenantId));
      return account === undefined ? [] : [presentSession(each, account, login.id)];
    }),
  );
  return { status: 200, body: { items: items.flat(), next: null } };
};

export const endSession: Handler<typeof END_SESSION> = async (ask, { people }) => {
  const { user, login } = visitOf(ask);
  const given = ask.param('id');
  const id = given === 'current' ? login.id : given;
  if (!(await end(people, user, id))) throw notFound('session');
  return { status: 204, ...(id === login.id && { headers: NO_COOKIE }) };
};

function logged(status: number, { login, user, role, account, cookie }: LoggedIn) {
  const body = {
    session: presentSession(login, account, login.id),
    user: presentUser({ user, role }),
    account: presentAccount(account),
  };
  return { status, headers: cookieHeader(cookie), body };
}

function nothingToGoBy(body: Ask<typeof LOG_IN>['body']) {
  const missing = (['email', 'password'] as const).filter((field) => body[field] === undefined);
  return problemOfFields(
    missing.map((field) => {
      const detail = `${field} is missing; give email and password, or the token of a one-time link.`;
      return { field, code: 'parameter_missing', detail };
    }),
  );
}
