import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../schema.ts';
import { clustered, idType } from './column-types.ts';

/** What becomes of a call after its request: its life, the feed of its account's events, and who tends it. */
export function livesOfCalls(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await db.schema.dropIndex('call_unsettled').execute();
      await db.schema.alterTable('call').renameColumn('state', 'outcome').execute();
      await addLife(db, engine);
      await createFeed(db, engine);
      await createTenders(db, engine);
    },
  };
}

/** Nobody followed the calls of before: those that the PBX had taken are `unknown`, the others never were. */
const LIFE_OF_BEFORE =
  '{"state":"unknown","legs":[{"side":"first","state":"planned"},{"side":"second","state":"planned"}],' +
  '"disposition":"unknown","endedBy":"unknown","untold":"not_asked","told":0}';

async function addLife(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const text = (name: string, value: string) =>
    db.schema
      .alterTable('call')
      .addColumn(name, 'text', (column) => column.notNull().defaultTo(value))
      .execute();
  await text('state', 'unknown');
  await text('life', LIFE_OF_BEFORE);
  await db.schema.alterTable('call').addColumn('disposition', 'text').execute();
  await db.schema.alterTable('call').addColumn('reference', 'text').execute();
  await db.schema.alterTable('call').addColumn('tended_by', idType(engine)).execute();
  // Holds the calls under way only: a handful, however long the journal.
  await sql`create index call_open on "call" (asked_at) where state <> 'ended' and state <> 'unknown'`.execute(
    db,
  );
  await sql`create index call_of_tenant on "call" (tenant_id, id)`.execute(db);
  await sql`create index call_reference on "call" (tenant_id, reference, id) where reference is not null`.execute(
    db,
  );
}

async function createFeed(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const id = idType(engine);
  const feed = db.schema
    .createTable('feed')
    .addColumn('tenant_id', id, (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('call_id', id, (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('feed_key', ['tenant_id', 'position']);
  await clustered(feed, engine).execute();
  const head = db.schema
    .createTable('feed_head')
    .addColumn('tenant_id', id, (column) => column.primaryKey().notNull())
    .addColumn('position', 'bigint', (column) => column.notNull());
  await clustered(head, engine).execute();
}

async function createTenders(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const tender = db.schema
    .createTable('tender')
    .addColumn('id', idType(engine), (column) => column.primaryKey().notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull());
  await clustered(tender, engine).execute();
}
