import type { KeyRights } from '../../../access/limits.ts';
import { beyondRights } from '../../../access/within-rights.ts';
import type { V3Deps } from '../deps.ts';
import type { Ask } from '../route.ts';
import { problemOfAccess } from './problem-of-access.ts';

/** @throws Problem where whoever asks would come by rights that they have not */
export async function giveOn({ principal }: Ask, { keys }: V3Deps, wanted: KeyRights): Promise<void> {
  const own = (await keys.keysOf(principal.tenantId)).find(({ id }) => id === principal.keyId);
  const beyond = beyondRights(principal, own?.expiresAtMicros, wanted);
  if (beyond.length > 0) throw problemOfAccess('key_forbidden', beyond);
}
