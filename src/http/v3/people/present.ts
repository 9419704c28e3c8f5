import type { Invitation, Member, Session, User } from '../../../../contract/v3/people.ts';
import type { Tenant } from '../../../directory/ports.ts';
import { rfc3339, rfc3339OrNull } from '../../../kit/clock.ts';
import type { LoginRecord, ShownMember, TicketRecord, Visit } from '../../../people/ports.ts';

export function presentUser({ user, role }: Pick<Visit, 'user' | 'role'>): User {
  const { id, email, name, confirmedAtMicros } = user;
  return { id, email, name, role, confirmed: confirmedAtMicros !== undefined };
}

export function presentMember(member: ShownMember): Member {
  return {
    ...presentUser(member),
    since: rfc3339(member.createdAtMicros),
    last_seen_at: rfc3339OrNull(member.seenAtMicros),
  };
}

export function presentAccount({ id, slug, name }: Tenant) {
  return { id, slug, name };
}

export function presentSession(login: LoginRecord, account: Tenant, currentId: string): Session {
  const { id, createdAtMicros, seenAtMicros, expiresAtMicros, agent, address } = login;
  return {
    id,
    account: presentAccount(account),
    created_at: rfc3339(createdAtMicros),
    last_seen_at: rfc3339(seenAtMicros),
    expires_at: rfc3339(expiresAtMicros),
    agent,
    address,
    current: id === currentId,
  };
}

export function presentInvitation(ticket: TicketRecord): Invitation {
  const { id, email, role = 'viewer', createdAtMicros, expiresAtMicros } = ticket;
  return { id, email, role, created_at: rfc3339(createdAtMicros), expires_at: rfc3339(expiresAtMicros) };
}
