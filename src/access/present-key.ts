import type { KeyRecord } from './ports.ts';
import { rfc3339, rfc3339OrNull } from '../kit/clock.ts';

/** A key as commands and `/v3` show it: what it is known by, never what it is. */
export function presentKey(key: KeyRecord) {
  return {
    id: key.id,
    prefix: key.prefix,
    label: key.label,
    created_at: rfc3339(key.createdAtMicros),
    last_used_at: rfc3339OrNull(key.lastUsedAtMicros),
    revoked_at: rfc3339OrNull(key.revokedAtMicros),
  };
}
