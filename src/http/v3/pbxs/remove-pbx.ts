import type { REMOVE_PBX } from '../../../../contract/v3/pbxs.ts';
import { actorOf } from '../actor.ts';
import type { Handler } from '../route.ts';
import { pbxOf } from './pbx-of.ts';

export const removePbx: Handler<typeof REMOVE_PBX> = async (ask, deps) => {
  const { tenantId, name } = await pbxOf(ask, deps);
  await deps.directory.as(actorOf(ask.principal)).removePbx(tenantId, name);
  return { status: 204 };
};
