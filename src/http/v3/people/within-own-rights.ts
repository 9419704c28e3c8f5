import type { Role } from '../../../../contract/v3/people.ts';
import { ALL_RIGHTS } from '../../../access/limits.ts';
import { scopesOfRole } from '../../../access/roles.ts';
import { beyondRights } from '../../../access/within-rights.ts';
import type { V3Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { Ask } from '../route.ts';

/**
 * A key gives nobody a role that may do more than the key itself: else it would come by all rights by inviting its own thief.
 * @throws Problem
 */
export async function withinOwnRights({ principal }: Ask, { keys }: V3Deps, role: Role): Promise<void> {
  const own = (await keys.keysOf(principal.tenantId)).find(({ id }) => id === principal.keyId);
  const wanted = { ...ALL_RIGHTS, scopes: scopesOfRole(role, true) };
  if (beyondRights(principal, own?.expiresAtMicros, wanted).length === 0) return;
  throw new Problem(
    'key_forbidden',
    `The role ${role} may do more than this key, which is limited; log in to give it, or use a key without limits.`,
  );
}
