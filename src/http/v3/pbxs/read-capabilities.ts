import type { READ_CAPABILITIES } from '../../../../contract/v3/pbxs.ts';
import type { Handler } from '../route.ts';
import { pbxOf } from './pbx-of.ts';
import { presentCapabilities } from './present-capabilities.ts';

export const readCapabilities: Handler<typeof READ_CAPABILITIES> = async (ask, deps) => {
  const pbx = await pbxOf(ask, deps);
  return { status: 200, body: presentCapabilities(deps.directory.capabilitiesOf(pbx)) };
};
