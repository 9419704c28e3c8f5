import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../schema.ts';
import { clustered, idType } from './column-types.ts';

/** What a key was made for, what it may do, its limits and its end; and click links, which hold no key. */
export function keys(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await limitKeys(db);
      await createLinks(db, engine);
    },
  };
}

/** One column a statement: SQLite adds no more at once. Keys that are there already may do what they could. */
async function limitKeys(db: Kysely<unknown>): Promise<void> {
  const alter = () => db.schema.alterTable('api_key');
  await alter()
    .addColumn('kind', 'text', (column) => column.notNull().defaultTo('live'))
    .execute();
  await alter().addColumn('scopes', 'text').execute();
  await alter()
    .addColumn('limits', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute();
  await alter().addColumn('expires_at', 'bigint').execute();
}

async function createLinks(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const id = idType(engine);
  const link = db.schema
    .createTable('link')
    .addColumn('id', id, (column) => column.primaryKey().notNull())
    .addColumn('tenant_id', id, (column) => column.notNull().references('tenant.id'))
    // A key may go; its links then are dead, and stay to be seen.
    .addColumn('key_id', id)
    .addColumn('hash', id, (column) => column.notNull().unique())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('first', 'text', (column) => column.notNull())
    .addColumn('second', 'text', (column) => column.notNull())
    .addColumn('dial_as', 'text')
    .addColumn('pbx', 'text')
    .addColumn('uses', 'bigint', (column) => column.notNull())
    .addColumn('used', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('revoked_at', 'bigint');
  await clustered(link, engine).execute();
  await db.schema.createIndex('link_of_tenant').on('link').columns(['tenant_id', 'id']).execute();
}
