import type { Role } from '../../contract/v3/people.ts';
import { SCOPES, type Scope } from '../../contract/v3/scopes.ts';

const ALL = Object.keys(SCOPES) as Scope[];
const VIEWER: readonly Scope[] = ['calls:read', 'pbxs:read', 'policy:read'];

/** What a role lets somebody do. A new scope is for owners and admins until it is put down here. */
const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  owner: ALL,
  admin: ALL,
  member: [...VIEWER, 'calls:create', 'calls:end'],
  viewer: VIEWER,
};

/** Until the e-mail is shown to be theirs: enough to try everything on the sandbox. */
const UNCONFIRMED: readonly Scope[] = [...SCOPES_OF.member, 'audit:read'];

export function scopesOfRole(role: Role, isConfirmed: boolean): readonly Scope[] {
  const scopes = SCOPES_OF[role];
  return isConfirmed ? scopes : scopes.filter((scope) => UNCONFIRMED.includes(scope));
}
