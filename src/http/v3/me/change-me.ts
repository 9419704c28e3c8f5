import type { CHANGE_ME } from '../../../../contract/v3/me.ts';
import { switchAccount } from '../../../people/log-in.ts';
import { changeSelf } from '../../../people/recovery.ts';
import { told } from '../people/told.ts';
import { visitOf } from '../people/visit-of.ts';
import type { Handler } from '../route.ts';
import { cookieHeader } from '../session-cookie.ts';
import { meOf } from './read-me.ts';

/** With a new password the session goes on under a new cookie: who had read the old one is out too. */
export const changeMe: Handler<typeof CHANGE_ME> = async (ask, deps) => {
  const { people } = deps;
  const visit = visitOf(ask);
  await told(changeSelf(people, visit, ask.body));
  const user = (await people.store.userById(visit.user.id)) ?? visit.user;
  const body = await meOf({ principal: ask.principal, visit: { ...visit, user } }, deps);
  if (ask.body.password === undefined) return { status: 200, body };
  const { cookie } = await told(switchAccount(people, visit.login, visit.login.tenantId, ask.from));
  return { status: 200, headers: cookieHeader(cookie), body };
};
