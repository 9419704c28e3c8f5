import { rfc3339, rfc3339OrNull } from '../kit/clock.ts';
import type { ShownMember } from '../people/ports.ts';

/** Somebody's place in an account, as commands print it. */
export function shownPerson({ user, role, createdAtMicros, seenAtMicros }: ShownMember) {
  const { id, email, name } = user;
  return {
    id,
    email,
    name,
    role,
    since: rfc3339(createdAtMicros),
    last_seen_at: rfc3339OrNull(seenAtMicros),
  };
}
