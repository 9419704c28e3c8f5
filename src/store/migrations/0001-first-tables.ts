import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../schema.ts';
import { clustered, idType } from './column-types.ts';

/** Tenants, their keys and PBXs, and the journal of calls. */
export function firstTables(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await createDirectory(db, engine);
      await createJournal(db, engine);
      await createClicks(db, engine);
      await createGeneration(db);
    },
  };
}

async function createDirectory(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const id = idType(engine);
  await db.schema
    .createTable('tenant')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('slug', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('api_key')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('tenant_id', id, (column) => column.notNull().references('tenant.id'))
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('prefix', 'text', (column) => column.notNull())
    .addColumn('hash', id, (column) => column.notNull().unique())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .execute();
  await db.schema.createIndex('api_key_of_tenant').on('api_key').column('tenant_id').execute();
  await db.schema
    .createTable('pbx')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('tenant_id', id, (column) => column.notNull().references('tenant.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('driver', 'text', (column) => column.notNull())
    .addColumn('settings', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('pbx_name_in_tenant', ['tenant_id', 'name'])
    .execute();
}

async function createJournal(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const id = idType(engine);
  const call = db.schema
    .createTable('call')
    .addColumn('id', id, (column) => column.primaryKey().notNull())
    .addColumn('tenant_id', id, (column) => column.notNull().references('tenant.id'))
    // A key or a PBX may go; the call that it made stays.
    .addColumn('key_id', id)
    .addColumn('pbx_id', id)
    .addColumn('pbx_name', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .addColumn('first', 'text')
    .addColumn('second', 'text')
    .addColumn('dial_as', 'text')
    .addColumn('error_token', 'text', (column) => column.notNull())
    .addColumn('next_seq', 'bigint', (column) => column.notNull());
  await clustered(call, engine).execute();
  // Holds the calls under way only: a handful, however long the journal.
  await sql`create index call_unsettled on "call" (asked_at) where state = 'originating'`.execute(db);
  const entry = db.schema
    .createTable('journal_entry')
    .addColumn('call_id', id, (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('journal_entry_key', ['call_id', 'seq']);
  await clustered(entry, engine).execute();
}

async function createClicks(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const id = idType(engine);
  const click = db.schema
    .createTable('click')
    .addColumn('fingerprint', id, (column) => column.primaryKey().notNull())
    .addColumn('call_id', id, (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull());
  await clustered(click, engine).execute();
}

async function createGeneration(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('generation')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .execute();
  await sql`insert into generation (id, number) values (1, 1)`.execute(db);
}
