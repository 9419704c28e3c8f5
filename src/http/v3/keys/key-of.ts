import type { KeyRecord } from '../../../access/ports.ts';
import type { V3Deps } from '../deps.ts';
import { notFound } from '../problem.ts';
import type { Ask } from '../route.ts';

/** @throws Problem where the account has no such key */
export async function keyOf(ask: Ask, { keys }: V3Deps): Promise<KeyRecord> {
  const id = ask.param('id');
  const key = (await keys.keysOf(ask.principal.tenantId)).find((each) => each.id === id);
  if (key === undefined) throw notFound('key');
  return key;
}
