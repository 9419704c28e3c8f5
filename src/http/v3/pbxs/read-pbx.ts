import type { READ_PBX } from '../../../../contract/v3/pbxs.ts';
import type { Handler } from '../route.ts';
import { pbxOf } from './pbx-of.ts';
import { presentPbx } from './present-pbx.ts';

export const readPbx: Handler<typeof READ_PBX> = async (ask, deps) => {
  const pbx = await pbxOf(ask, deps);
  return { status: 200, body: presentPbx(deps.directory, pbx) };
};
