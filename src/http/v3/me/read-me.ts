import type { Me, READ_ME } from '../../../../contract/v3/me.ts';
import { presentKey } from '../../../access/present-key.ts';
import { scopesOf } from '../../../access/scopes.ts';
import { rfc3339 } from '../../../kit/clock.ts';
import type { V3Deps } from '../deps.ts';
import { presentAccount, presentUser } from '../people/present.ts';
import type { Ask, Handler } from '../route.ts';

export const readMe: Handler<typeof READ_ME> = async (ask, deps) => ({
  status: 200,
  body: await meOf(ask, deps),
});

/** Who asks: a key, or somebody logged in. */
export async function meOf(
  { principal, visit }: Pick<Ask, 'principal' | 'visit'>,
  deps: V3Deps,
): Promise<Me> {
  const { directory, people } = deps;
  const account = await directory.accountById(principal.tenantId);
  if (account === undefined) throw new Error('The account of who asks is not there any more.');
  const scopes = [...scopesOf(principal)];
  const shown = { ...presentAccount(account), created_at: rfc3339(account.createdAtMicros) };
  if (visit === undefined) return { account: shown, scopes, key: await keyOf(principal, deps) };
  const memberships = await people.store.membershipsOf(visit.user.id);
  const accounts = memberships.map((each) => ({ ...presentAccount(each.account), role: each.role }));
  return { account: shown, scopes, user: presentUser(visit), accounts };
}

async function keyOf(
  { tenantId, keyId }: Ask['principal'],
  { keys }: V3Deps,
): Promise<NonNullable<Me['key']>> {
  const key = (await keys.keysOf(tenantId)).find(({ id }) => id === keyId);
  if (key === undefined) throw new Error('The key that came in is not there any more.');
  const { revoked_at: _, ...shown } = presentKey(key);
  return shown;
}
