import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../schema.ts';
import { clustered, idType } from './column-types.ts';

/** Who did what to what exists: a chain of entries for each account and one for the installation. */
export function audit(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await createEntries(db, engine);
      const head = db.schema
        .createTable('audit_head')
        .addColumn('log', idType(engine), (column) => column.primaryKey().notNull())
        .addColumn('position', 'bigint', (column) => column.notNull())
        .addColumn('hash', idType(engine), (column) => column.notNull());
      await clustered(head, engine).execute();
      for (const statement of APPEND_ONLY[engine]) await statement.execute(db);
    },
  };
}

async function createEntries(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const id = idType(engine);
  const entry = db.schema
    .createTable('audit_entry')
    .addColumn('log', id, (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor_kind', 'text', (column) => column.notNull())
    .addColumn('actor_name', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subject', id, (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('previous', id, (column) => column.notNull())
    .addColumn('hash', id, (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_entry_key', ['log', 'position']);
  await clustered(entry, engine).execute();
  await sql`create index audit_entry_at on audit_entry (at)`.execute(db);
}

/** A fault of ours, or a slip in a database's console, changes no entry. Who means to must first take this away. */
const APPEND_ONLY = {
  sqlite: [
    sql`create trigger audit_entry_stays before update on audit_entry
        begin select raise(abort, 'The audit log is append-only.'); end`,
    sql`create trigger audit_entry_is_kept before delete on audit_entry
        begin select raise(abort, 'The audit log is append-only.'); end`,
  ],
  postgres: [
    sql`create function audit_is_append_only() returns trigger language plpgsql as
        $$ begin raise exception 'The audit log is append-only.'; end $$`,
    sql`create trigger audit_entry_stays before update or delete or truncate on audit_entry
        for each statement execute function audit_is_append_only()`,
  ],
};
