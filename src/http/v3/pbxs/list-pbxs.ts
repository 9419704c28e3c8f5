import type { LIST_PBXS } from '../../../../contract/v3/pbxs.ts';
import type { Handler } from '../route.ts';
import { presentPbx } from './present-pbx.ts';

export const listPbxs: Handler<typeof LIST_PBXS> = async ({ principal }, { directory }) => {
  const pbxs = await directory.pbxsOf(principal.tenantId);
  return { status: 200, body: { items: pbxs.map((pbx) => presentPbx(directory, pbx)), next: null } };
};
