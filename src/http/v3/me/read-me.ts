import type { Me, READ_ME } from '../../../../contract/v3/me.ts';
import { presentKey } from '../../../access/present-key.ts';
import { rfc3339 } from '../../../kit/clock.ts';
import type { Handler } from '../route.ts';

export const readMe: Handler<typeof READ_ME> = async ({ principal }, { directory, keys }) => {
  const { tenantId, keyId } = principal;
  const account = await directory.accountById(tenantId);
  const key = (await keys.keysOf(tenantId)).find(({ id }) => id === keyId);
  if (account === undefined || key === undefined)
    throw new Error('The key that came in is not there any more.');
  const { revoked_at: _, ...shown } = presentKey(key);
  const body: Me = {
    account: {
      id: account.id,
      slug: account.slug,
      name: account.name,
      created_at: rfc3339(account.createdAtMicros),
    },
    key: shown,
  };
  return { status: 200, body };
};
