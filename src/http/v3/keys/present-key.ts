import type { Key } from '../../../../contract/v3/keys.ts';
import type { KeyRecord } from '../../../access/ports.ts';
import { rfc3339 } from '../../../kit/clock.ts';

/** What a key is known by, never what it is. */
export function presentKey(key: KeyRecord): Key {
  return {
    id: key.id,
    prefix: key.prefix,
    label: key.label,
    created_at: rfc3339(key.createdAtMicros),
    last_used_at: time(key.lastUsedAtMicros),
    revoked_at: time(key.revokedAtMicros),
  };
}

function time(micros: number | undefined): string | null {
  return micros === undefined ? null : rfc3339(micros);
}
