import type { MAKE_KEY } from '../../../../contract/v3/keys.ts';
import { createKey } from '../../../access/keys.ts';
import { actorOf } from '../actor.ts';
import type { Handler } from '../route.ts';
import { presentKey } from '../../../access/present-key.ts';

export const makeKey: Handler<typeof MAKE_KEY> = async ({ principal, body }, { keys, clock }) => {
  const { label = '' } = body;
  const { key, record } = await createKey(keys, clock, principal.tenantId, label, actorOf(principal));
  return {
    status: 201,
    headers: { location: `/v3/keys/${record.id}` },
    body: { ...presentKey(record), api_key: key },
  };
};
