import type { REVOKE_KEY } from '../../../../contract/v3/keys.ts';
import { revokeKey as revoke } from '../../../access/keys.ts';
import { actorOf } from '../actor.ts';
import type { Handler } from '../route.ts';
import { keyOf } from './key-of.ts';

/** One that is revoked already stays so: what was asked for is the case. */
export const revokeKey: Handler<typeof REVOKE_KEY> = async (ask, deps) => {
  await revoke(deps.keys, deps.clock, await keyOf(ask, deps), actorOf(ask.principal));
  return { status: 204 };
};
