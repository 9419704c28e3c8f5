import type { Me, READ_ME } from '../../../../contract/v3/me.ts';
import { scopesOf } from '../../../access/scopes.ts';
import { rfc3339 } from '../../../kit/clock.ts';
import type { Handler } from '../route.ts';

export const readMe: Handler<typeof READ_ME> = async ({ principal }, { directory, keys }) => {
  const { tenantId, keyId } = principal;
  const account = await directory.accountById(tenantId);
  const key = (await keys.keysOf(tenantId)).find(({ id }) => id === keyId);
  if (account === undefined || key === undefined)
    throw new Error('The key that came in is not there any more.');
  const body: Me = {
    account: {
      id: account.id,
      slug: account.slug,
      name: account.name,
      created_at: rfc3339(account.createdAtMicros),
    },
    key: {
      id: key.id,
      prefix: key.prefix,
      label: key.label,
      scopes: [...scopesOf(principal)],
      created_at: rfc3339(key.createdAtMicros),
      last_used_at: key.lastUsedAtMicros === undefined ? null : rfc3339(key.lastUsedAtMicros),
    },
  };
  return { status: 200, body };
};
