import type { LoginRecord, MemberRecord, TicketRecord, UserRecord } from '../people/ports.ts';
import type { LoginRow, MemberRow, PersonRow, TicketRow } from './schema.ts';
import { fromText, toText } from './text.ts';

export function personRow(user: UserRecord): PersonRow {
  return {
    id: user.id,
    email: toText(user.email),
    name: toText(user.name),
    password: user.password ?? null,
    confirmed_at: user.confirmedAtMicros ?? null,
    created_at: user.createdAtMicros,
  };
}

export function userOf(row: PersonRow): UserRecord {
  return {
    id: row.id,
    email: fromText(row.email),
    name: fromText(row.name),
    password: row.password ?? undefined,
    confirmedAtMicros: row.confirmed_at ?? undefined,
    createdAtMicros: row.created_at,
  };
}

export function memberRow(member: MemberRecord): MemberRow {
  const { tenantId, userId, role, createdAtMicros } = member;
  return { tenant_id: tenantId, person_id: userId, role, created_at: createdAtMicros };
}

export function loginRow(login: LoginRecord): LoginRow {
  return {
    id: login.id,
    person_id: login.userId,
    tenant_id: login.tenantId,
    hash: login.hash,
    created_at: login.createdAtMicros,
    seen_at: login.seenAtMicros,
    expires_at: login.expiresAtMicros,
    agent: toText(login.agent),
    address: toText(login.address),
  };
}

export function loginOf(row: LoginRow): LoginRecord {
  return {
    id: row.id,
    userId: row.person_id,
    tenantId: row.tenant_id,
    hash: row.hash,
    createdAtMicros: row.created_at,
    seenAtMicros: row.seen_at,
    expiresAtMicros: row.expires_at,
    agent: fromText(row.agent),
    address: fromText(row.address),
  };
}

export function ticketRow(ticket: TicketRecord): TicketRow {
  return {
    id: ticket.id,
    purpose: ticket.purpose,
    hash: ticket.hash,
    email: toText(ticket.email),
    person_id: ticket.userId ?? null,
    tenant_id: ticket.tenantId ?? null,
    role: ticket.role ?? null,
    created_at: ticket.createdAtMicros,
    expires_at: ticket.expiresAtMicros,
  };
}

export function ticketOf(row: TicketRow): TicketRecord {
  return {
    id: row.id,
    purpose: row.purpose,
    hash: row.hash,
    email: fromText(row.email),
    userId: row.person_id ?? undefined,
    tenantId: row.tenant_id ?? undefined,
    role: row.role ?? undefined,
    createdAtMicros: row.created_at,
    expiresAtMicros: row.expires_at,
  };
}
