import type { ADD_PBX } from '../../../../contract/v3/pbxs.ts';
import { pbxDoorUrl } from '../../../../contract/pbx-door.ts';
import type { PbxRecord } from '../../../directory/ports.ts';
import { actorOf } from '../actor.ts';
import type { V3Deps } from '../deps.ts';
import type { Handler } from '../route.ts';
import { asFieldProblem } from './as-field-problem.ts';
import { presentPbx } from './present-pbx.ts';

export const addPbx: Handler<typeof ADD_PBX> = async ({ principal, body }, deps) => {
  const pbx = await deps.directory
    .as(actorOf(principal))
    .addPbx(principal.tenantId, body.name, body.driver, body.settings)
    .catch(asFieldProblem);
  const files = filesOf(pbx, deps);
  return {
    status: 201,
    headers: { location: `/v3/pbxs/${pbx.id}` },
    body: { ...presentPbx(deps.directory, pbx), ...(files !== undefined && { files }) },
  };
};

function filesOf(pbx: PbxRecord, { directory, self }: V3Deps): Readonly<Record<string, string>> | undefined {
  const password = directory.doorKeyOf(pbx);
  if (password === undefined) return undefined;
  const door = { url: pbxDoorUrl(self().publicUrl), username: pbx.id, password };
  return directory.driverOf(pbx).files?.(directory.settingsOf(pbx), door);
}
