import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../schema.ts';
import { clustered, idType } from './column-types.ts';

/** People, the accounts that they are members of, where they are logged in, and links that are good once. */
export function people(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await createPersons(db, engine);
      await createLogins(db, engine);
      await createTickets(db, engine);
    },
  };
}

async function createPersons(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const id = idType(engine);
  await db.schema
    .createTable('person')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('email', id, (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('password', 'text')
    .addColumn('confirmed_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  const member = db.schema
    .createTable('member')
    .addColumn('tenant_id', id, (column) => column.notNull().references('tenant.id'))
    .addColumn('person_id', id, (column) => column.notNull().references('person.id'))
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('member_key', ['tenant_id', 'person_id']);
  await clustered(member, engine).execute();
  await db.schema.createIndex('member_person').on('member').column('person_id').execute();
}

async function createLogins(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const id = idType(engine);
  await db.schema
    .createTable('login')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('person_id', id, (column) => column.notNull().references('person.id'))
    .addColumn('tenant_id', id, (column) => column.notNull().references('tenant.id'))
    .addColumn('hash', id, (column) => column.notNull().unique())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('agent', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('login_person').on('login').column('person_id').execute();
}

async function createTickets(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const id = idType(engine);
  await db.schema
    .createTable('ticket')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('hash', id, (column) => column.notNull().unique())
    .addColumn('email', id, (column) => column.notNull())
    .addColumn('person_id', id, (column) => column.references('person.id'))
    .addColumn('tenant_id', id, (column) => column.references('tenant.id'))
    .addColumn('role', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('ticket_tenant').on('ticket').column('tenant_id').execute();
  await db.schema.createIndex('ticket_person').on('ticket').column('person_id').execute();
}
