import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database, LoginRow, MemberRow, PersonRow, TicketRow } from '../schema.ts';
import { prepared } from '../statement.ts';
import type { Columns } from '../statement.ts';

export function personStatements(db: Kysely<Database>) {
  return {
    personOfEmail: prepared(({ email }: { email: string }) =>
      db.selectFrom('person').select('id').where('email', '=', email),
    ),
    tenantOfSlug: prepared(({ slug }: { slug: string }) =>
      db.selectFrom('tenant').select('id').where('slug', '=', slug),
    ),
    insertPerson: prepared((person: Columns<PersonRow>) =>
      db.insertInto('person').values({
        id: person.id,
        email: person.email,
        name: person.name,
        password: person.password,
        confirmed_at: person.confirmed_at,
        created_at: person.created_at,
      }),
    ),
    /** What is null stays as it is. */
    changePerson: prepared(
      (change: Pick<Columns<PersonRow>, 'id' | 'password' | 'confirmed_at'> & { name: string | null }) =>
        db
          .updateTable('person')
          .set({
            name: sql<string>`coalesce(${change.name}, name)`,
            password: sql<string>`coalesce(${change.password}, password)`,
            confirmed_at: sql<number>`coalesce(confirmed_at, ${change.confirmed_at})`,
          })
          .where('id', '=', change.id)
          .returning('id'),
    ),
    deletePerson: prepared(({ id }: { id: string }) => db.deleteFrom('person').where('id', '=', id)),
  };
}

export function memberStatements(db: Kysely<Database>) {
  return {
    roleOf: prepared((member: { tenant_id: string; person_id: string }) =>
      db
        .selectFrom('member')
        .select('role')
        .where('tenant_id', '=', member.tenant_id)
        .where('person_id', '=', member.person_id),
    ),
    ownersOf: prepared(({ tenant_id }: { tenant_id: string }) =>
      db
        .selectFrom('member')
        .select('person_id')
        .where('tenant_id', '=', tenant_id)
        .where('role', '=', 'owner'),
    ),
    accountsOf: prepared(({ person_id }: { person_id: string }) =>
      db.selectFrom('member').select('tenant_id').where('person_id', '=', person_id),
    ),
    insertMember: prepared((member: Columns<MemberRow>) =>
      db.insertInto('member').values({
        tenant_id: member.tenant_id,
        person_id: member.person_id,
        role: member.role,
        created_at: member.created_at,
      }),
    ),
    setRole: prepared((member: { tenant_id: string; person_id: string; role: string }) =>
      db
        .updateTable('member')
        .set({ role: sql<MemberRow['role']>`${member.role}` })
        .where('tenant_id', '=', member.tenant_id)
        .where('person_id', '=', member.person_id)
        .returning('person_id'),
    ),
    deleteMember: prepared((member: { tenant_id: string; person_id: string }) =>
      db
        .deleteFrom('member')
        .where('tenant_id', '=', member.tenant_id)
        .where('person_id', '=', member.person_id)
        .returning('person_id'),
    ),
  };
}

export function loginStatements(db: Kysely<Database>) {
  return {
    insertLogin: prepared((login: Columns<LoginRow>) =>
      db.insertInto('login').values({
        id: login.id,
        person_id: login.person_id,
        tenant_id: login.tenant_id,
        hash: login.hash,
        created_at: login.created_at,
        seen_at: login.seen_at,
        expires_at: login.expires_at,
        agent: login.agent,
        address: login.address,
      }),
    ),
    deleteLogin: prepared((login: { person_id: string; id: string }) =>
      db
        .deleteFrom('login')
        .where('person_id', '=', login.person_id)
        .where('id', '=', login.id)
        .returning('id'),
    ),
    deleteLoginsBut: prepared((logins: { person_id: string; keep: string }) =>
      db.deleteFrom('login').where('person_id', '=', logins.person_id).where('id', '!=', logins.keep),
    ),
    deleteLoginsTo: prepared((logins: { tenant_id: string; person_id: string }) =>
      db
        .deleteFrom('login')
        .where('person_id', '=', logins.person_id)
        .where('tenant_id', '=', logins.tenant_id),
    ),
    deleteOldLogins: prepared((logins: { person_id: string; now: number }) =>
      db.deleteFrom('login').where('person_id', '=', logins.person_id).where('expires_at', '<=', logins.now),
    ),
    touchLogin: prepared((login: { id: string; at: number; before: number }) =>
      db
        .updateTable('login')
        .set({ seen_at: login.at })
        .where('id', '=', login.id)
        .where('seen_at', '<=', login.before)
        .returning('id'),
    ),
  };
}

export function ticketStatements(db: Kysely<Database>) {
  return {
    insertTicket: prepared((ticket: Columns<TicketRow>) =>
      db.insertInto('ticket').values({
        id: ticket.id,
        purpose: ticket.purpose,
        hash: ticket.hash,
        email: ticket.email,
        person_id: ticket.person_id,
        tenant_id: ticket.tenant_id,
        role: ticket.role,
        created_at: ticket.created_at,
        expires_at: ticket.expires_at,
      }),
    ),
    /** No row: it is used, or too old. */
    takeTicket: prepared((ticket: { hash: string; now: number }) =>
      db
        .deleteFrom('ticket')
        .where('hash', '=', ticket.hash)
        .where('expires_at', '>', ticket.now)
        .returning('id'),
    ),
    deleteTicket: prepared((ticket: { tenant_id: string; id: string }) =>
      db
        .deleteFrom('ticket')
        .where('tenant_id', '=', ticket.tenant_id)
        .where('id', '=', ticket.id)
        .where('purpose', '=', 'invitation')
        .returning('id'),
    ),
    deleteTicketsOf: prepared(({ person_id }: { person_id: string }) =>
      db.deleteFrom('ticket').where('person_id', '=', person_id),
    ),
    /** Those that let somebody in. */
    deleteEntriesOf: prepared(({ person_id }: { person_id: string }) =>
      db
        .deleteFrom('ticket')
        .where('person_id', '=', person_id)
        .where((eb) => eb.or([eb('purpose', '=', 'reset'), eb('purpose', '=', 'entry')])),
    ),
    deleteOldTickets: prepared(({ now }: { now: number }) =>
      db.deleteFrom('ticket').where('expires_at', '<=', now),
    ),
  };
}
