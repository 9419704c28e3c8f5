import type { LIST_KEYS } from '../../../../contract/v3/keys.ts';
import { presentKey } from '../../../access/present-key.ts';
import { presentFreeze } from '../../../switchboard/breaker/present-freeze.ts';
import type { Handler } from '../route.ts';

export const listKeys: Handler<typeof LIST_KEYS> = async ({ principal }, { keys, freezes }) => {
  const frozen = await freezes.frozenKeys(principal.tenantId);
  const items = (await keys.keysOf(principal.tenantId)).map((key) => ({
    ...presentKey(key),
    frozen: presentFreeze(frozen.find(({ keyId }) => keyId === key.id)),
  }));
  return { status: 200, body: { items, next: null } };
};
