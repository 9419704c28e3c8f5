import { rfc3339, rfc3339OrNull } from '../kit/clock.ts';
import type { KeyLimits, KeyRights } from './limits.ts';
import type { KeyRecord } from './ports.ts';
import { scopesOf } from './scopes.ts';

/** A key as commands and `/v3` show it: what it is known by, never what it is. */
export function presentKey(key: KeyRecord) {
  return {
    id: key.id,
    prefix: key.prefix,
    label: key.label,
    kind: key.kind,
    scopes: [...scopesOf(key)],
    ...presentLimits(key.limits),
    created_at: rfc3339(key.createdAtMicros),
    last_used_at: rfc3339OrNull(key.lastUsedAtMicros),
    expires_at: rfc3339OrNull(key.expiresAtMicros),
    revoked_at: rfc3339OrNull(key.revokedAtMicros),
  };
}

/** The limits by the names that they have everywhere outside; null: there is none. */
export function presentLimits(limits: KeyLimits) {
  return {
    allow_first: listOrNull(limits.allowFirst),
    allow_as: listOrNull(limits.allowAs),
    allow_to: listOrNull(limits.allowTo),
    allow_ip: listOrNull(limits.allowIp),
    allow_origin: listOrNull(limits.allowOrigin),
    per_minute: limits.perMinute ?? null,
    at_once: limits.atOnce ?? null,
  };
}

/** Those that a key has, for the audit. */
export function presentRights({ kind, scopes, limits, expiresAtMicros }: KeyRights) {
  const given = Object.entries(presentLimits(limits)).filter(([, value]) => value !== null);
  return {
    kind,
    ...(scopes !== undefined && { scopes }),
    ...Object.fromEntries(given),
    ...(expiresAtMicros !== undefined && { expires_at: rfc3339(expiresAtMicros) }),
  };
}

function listOrNull(list: readonly string[] | undefined): string[] | null {
  return list === undefined ? null : [...list];
}
