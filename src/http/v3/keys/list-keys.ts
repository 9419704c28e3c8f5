import type { LIST_KEYS } from '../../../../contract/v3/keys.ts';
import type { Handler } from '../route.ts';
import { presentKey } from '../../../access/present-key.ts';

export const listKeys: Handler<typeof LIST_KEYS> = async ({ principal }, { keys }) => {
  const items = (await keys.keysOf(principal.tenantId)).map(presentKey);
  return { status: 200, body: { items, next: null } };
};
