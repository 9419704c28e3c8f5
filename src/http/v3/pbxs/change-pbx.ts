import type { CHANGE_PBX } from '../../../../contract/v3/pbxs.ts';
import { actorOf } from '../actor.ts';
import type { Handler } from '../route.ts';
import { asFieldProblem } from './as-field-problem.ts';
import { pbxOf } from './pbx-of.ts';
import { presentPbx } from './present-pbx.ts';

export const changePbx: Handler<typeof CHANGE_PBX> = async (ask, deps) => {
  const { principal, body } = ask;
  const pbx = await pbxOf(ask, deps);
  await deps.directory.as(actorOf(principal)).changeSettings(pbx, body.settings).catch(asFieldProblem);
  return { status: 200, body: presentPbx(deps.directory, await pbxOf(ask, deps)) };
};
