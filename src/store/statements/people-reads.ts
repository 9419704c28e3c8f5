import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import { prepared } from '../statement.ts';

export function peopleReads(db: Kysely<Database>) {
  return {
    personByEmail: prepared(({ email }: { email: string }) =>
      db.selectFrom('person').selectAll().where('email', '=', email),
    ),
    personById: prepared(({ id }: { id: string }) =>
      db.selectFrom('person').selectAll().where('id', '=', id),
    ),
    membersOf: prepared(({ tenantId }: { tenantId: string }) =>
      db
        .selectFrom('member')
        .innerJoin('person', 'person.id', 'member.person_id')
        .selectAll('person')
        .select(['member.tenant_id', 'member.role', 'member.created_at as joined_at'])
        .select((eb) =>
          eb
            .selectFrom('login')
            .select((login) => login.fn.max('login.seen_at').as('seen_at'))
            .whereRef('login.person_id', '=', 'member.person_id')
            .whereRef('login.tenant_id', '=', 'member.tenant_id')
            .as('seen_at'),
        )
        .where('member.tenant_id', '=', tenantId)
        .orderBy('member.created_at')
        .orderBy('person.id'),
    ),
    membershipsOf: prepared(({ personId }: { personId: string }) =>
      db
        .selectFrom('member')
        .innerJoin('tenant', 'tenant.id', 'member.tenant_id')
        .selectAll('tenant')
        .select('member.role')
        .where('member.person_id', '=', personId)
        .orderBy('member.created_at')
        .orderBy('tenant.id'),
    ),
    visit: prepared(({ hash }: { hash: string }) =>
      db
        .selectFrom('login')
        .innerJoin('person', 'person.id', 'login.person_id')
        .innerJoin('member', (join) =>
          join
            .onRef('member.person_id', '=', 'login.person_id')
            .onRef('member.tenant_id', '=', 'login.tenant_id'),
        )
        .selectAll('login')
        .select(['member.role', 'person.email', 'person.name', 'person.password', 'person.confirmed_at'])
        .select('person.created_at as person_created_at')
        .where('login.hash', '=', hash),
    ),
    loginsOf: prepared(({ personId }: { personId: string }) =>
      db
        .selectFrom('login')
        .selectAll()
        .where('person_id', '=', personId)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc'),
    ),
    ticketByHash: prepared(({ hash }: { hash: string }) =>
      db.selectFrom('ticket').selectAll().where('hash', '=', hash),
    ),
    invitationsOf: prepared(({ tenantId }: { tenantId: string }) =>
      db
        .selectFrom('ticket')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('purpose', '=', 'invitation')
        .orderBy('created_at')
        .orderBy('id'),
    ),
  };
}
