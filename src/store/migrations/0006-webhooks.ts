import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../schema.ts';
import { clustered, idType } from './column-types.ts';

/** Webhooks, what is to be delivered to them, and what came of it. */
export function webhooks(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await createWebhooks(db, engine);
      await createDeliveries(db, engine);
      await createAttempts(db, engine);
    },
  };
}

async function createWebhooks(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const id = idType(engine);
  await db.schema
    .createTable('webhook')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('tenant_id', id, (column) => column.notNull().references('tenant.id'))
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('types', 'text')
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('failures', 'bigint', (column) => column.notNull())
    .addColumn('failing_since', 'bigint')
    .addColumn('retry_at', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  // Every event looks here.
  await db.schema.createIndex('webhook_of_tenant').on('webhook').column('tenant_id').execute();
}

async function createDeliveries(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const id = idType(engine);
  const delivery = db.schema
    .createTable('delivery')
    .addColumn('webhook_id', id, (column) => column.notNull())
    .addColumn('id', id, (column) => column.notNull())
    .addColumn('call_id', id)
    .addColumn('seq', 'bigint')
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('until_at', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('delivery_key', ['webhook_id', 'id']);
  await clustered(delivery, engine).execute();
  // Both hold what is pending alone, however much was delivered.
  await sql`create index delivery_due on delivery (webhook_id, due_at) where due_at is not null`.execute(db);
  await sql`create index delivery_of_call on delivery (webhook_id, call_id, number) where state = 'pending'`.execute(
    db,
  );
}

async function createAttempts(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const id = idType(engine);
  const attempt = db.schema
    .createTable('attempt')
    .addColumn('webhook_id', id, (column) => column.notNull())
    .addColumn('delivery_id', id, (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('duration', 'bigint', (column) => column.notNull())
    .addColumn('status', 'bigint')
    .addColumn('error', 'text', (column) => column.notNull())
    .addColumn('response', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('attempt_key', ['webhook_id', 'delivery_id', 'number']);
  await clustered(attempt, engine).execute();
}
