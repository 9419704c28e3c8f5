import type { UNFREEZE_KEY } from '../../../../contract/v3/keys.ts';
import { unfreezeKey as unfreeze } from '../../../switchboard/breaker/unfreeze.ts';
import { presentKey } from '../../../access/present-key.ts';
import { actorOf } from '../actor.ts';
import type { Handler } from '../route.ts';
import { keyOf } from './key-of.ts';

export const unfreezeKey: Handler<typeof UNFREEZE_KEY> = async (ask, deps) => {
  const key = await keyOf(ask, deps);
  await unfreeze(deps.freezes, deps.clock, key.tenantId, key.id, actorOf(ask.principal));
  return { status: 200, body: { ...presentKey(key), frozen: null } };
};
