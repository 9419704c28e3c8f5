import { rfc3339, rfc3339OrNull } from '../kit/clock.ts';
import type { LinkRecord } from './ports.ts';

/** A link as commands and `/v3` show it: without its token, which nobody knows any more. */
export function presentLink(link: LinkRecord) {
  return {
    id: link.id,
    label: link.label,
    dial_first: link.first,
    dial_second: link.second,
    dial_as: link.dialAs ?? null,
    pbx: link.pbx ?? null,
    uses: link.uses,
    used: link.used,
    made_by: link.keyId ?? null,
    created_at: rfc3339(link.createdAtMicros),
    last_used_at: rfc3339OrNull(link.usedAtMicros),
    expires_at: rfc3339(link.expiresAtMicros),
    revoked_at: rfc3339OrNull(link.revokedAtMicros),
  };
}

/** Where a link is clicked. */
export function linkUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/l/${token}`;
}
