import type { READ_KEY } from '../../../../contract/v3/keys.ts';
import { presentKey } from '../../../access/present-key.ts';
import { presentFreeze } from '../../../switchboard/breaker/present-freeze.ts';
import type { Handler } from '../route.ts';
import { keyOf } from './key-of.ts';

export const readKey: Handler<typeof READ_KEY> = async (ask, deps) => {
  const key = await keyOf(ask, deps);
  const frozen = presentFreeze(await deps.freezes.freezeOf(key.id));
  return { status: 200, body: { ...presentKey(key), frozen } };
};
