import type { SIGN_UP } from '../../../../contract/v3/sign-up.ts';
import { createKey } from '../../../access/keys.ts';
import { ALL_RIGHTS } from '../../../access/limits.ts';
import { presentKey } from '../../../access/present-key.ts';
import { scopesOfRole } from '../../../access/roles.ts';
import { signUp as makePerson } from '../../../people/sign-up.ts';
import { actorOf } from '../actor.ts';
import type { Handler } from '../route.ts';
import { cookieHeader } from '../session-cookie.ts';
import { presentAccount, presentUser } from './present.ts';
import { told } from './told.ts';
import { needCookie } from './visit-of.ts';

const KEY_LABEL = 'made at sign-up';
/** It stands in URLs: it makes calls and reads them, and manages nothing. */
const KEY_RIGHTS = { ...ALL_RIGHTS, scopes: scopesOfRole('member', true) };

/** An account of one's own comes with a key; who joins somebody else's is not given any. */
export const signUp: Handler<typeof SIGN_UP> = async (ask, deps) => {
  needCookie(ask);
  const { body, from } = ask;
  await told(deps.attempts.take('signup', from.address));
  const { login, user, role, account, cookie } = await told(makePerson(deps.people, body, from));
  const who = { user: presentUser({ user, role }), account: presentAccount(account) };
  const headers = cookieHeader(cookie);
  if (body.invitation !== undefined)
    return { status: 201, headers, body: { ...who, key: null, click_url: null } };
  const by = actorOf({
    tenantId: account.id,
    keyId: undefined,
    person: { userId: user.id, sessionId: login.id },
  });
  await deps.furnish(account);
  const { key, record } = await createKey(deps.keys, deps.clock, account.id, KEY_LABEL, by, KEY_RIGHTS);
  const query = new URLSearchParams({ dial_first: '101', dial_second: '102', api_key: key });
  const click_url = `${deps.self().publicUrl}/c2c/v2?${query}`;
  return {
    status: 201,
    headers,
    body: { ...who, key: { ...presentKey(record), frozen: null, key }, click_url },
  };
};
