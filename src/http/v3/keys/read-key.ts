import type { READ_KEY } from '../../../../contract/v3/keys.ts';
import type { Handler } from '../route.ts';
import { keyOf } from './key-of.ts';
import { presentKey } from '../../../access/present-key.ts';

export const readKey: Handler<typeof READ_KEY> = async (ask, deps) => {
  return { status: 200, body: presentKey(await keyOf(ask, deps)) };
};
