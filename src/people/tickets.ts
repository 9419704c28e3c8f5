import { createHash } from 'node:crypto';
import type { Act } from '../audit/act.ts';
import { newId, newToken } from '../kit/ids.ts';
import type { PeopleDeps } from './deps.ts';
import type { TicketPurpose, TicketRecord } from './ports.ts';

const TOKEN_BYTES = 32;
const HOUR_MICROS = 3_600_000_000;

/** How long each link is good, and where in the console it leads. What it carries never reaches a server's log: a fragment. */
const LINKS: Readonly<Record<TicketPurpose, { readonly micros: number; readonly path: string }>> = {
  invitation: { micros: 7 * 24 * HOUR_MICROS, path: '/console/invitation' },
  reset: { micros: HOUR_MICROS, path: '/console/reset' },
  confirmation: { micros: 3 * 24 * HOUR_MICROS, path: '/console/confirm' },
  entry: { micros: HOUR_MICROS / 4, path: '/console/enter' },
};

type NewTicket = Pick<TicketRecord, 'purpose' | 'email'> &
  Partial<Pick<TicketRecord, 'userId' | 'tenantId' | 'role'>>;

/** Makes a link that is good once. Only the hash of what it carries is stored. */
export async function issue(
  { store, clock, publicUrl }: PeopleDeps,
  { purpose, email, userId, tenantId, role }: NewTicket,
  acts: (ticket: TicketRecord) => readonly Act[],
): Promise<{ readonly ticket: TicketRecord; readonly link: string }> {
  const token = newToken(TOKEN_BYTES);
  const { micros, path } = LINKS[purpose];
  const createdAtMicros = clock.nowMicros();
  const ticket: TicketRecord = {
    id: newId(),
    purpose,
    hash: hashOfToken(token),
    email,
    userId,
    tenantId,
    role,
    createdAtMicros,
    expiresAtMicros: createdAtMicros + micros,
  };
  await store.addTicket(ticket, acts(ticket));
  return { ticket, link: `${publicUrl()}${path}#${token}` };
}

/** The ticket of a link that is still good. */
export async function ticketOf(
  { store, clock }: PeopleDeps,
  purpose: TicketPurpose,
  token: string,
): Promise<TicketRecord | undefined> {
  const ticket = await store.ticket(purpose, hashOfToken(token));
  return ticket !== undefined && ticket.expiresAtMicros > clock.nowMicros() ? ticket : undefined;
}

/** A token has 256 random bits: it needs no slow hash. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
