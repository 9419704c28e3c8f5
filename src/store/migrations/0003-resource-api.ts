import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the resource API asks of the journal: calls found by what they hold, and clicks that are kept for different times. */
export function resourceApi(): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await findCalls(db);
      await keepClicks(db);
    },
  };
}

/**
 * One for each thing that a list of calls can be asked by, each in the order in which it is given. A call changes its state
 * several times: the index of states has it when it is over, and the live ones, a handful, have one of their own.
 */
async function findCalls(db: Kysely<unknown>): Promise<void> {
  await sql`update "call" set disposition = 'unknown' where state = 'unknown' and disposition is null`.execute(
    db,
  );
  await sql`create index call_live on "call" (tenant_id, id) where disposition is null`.execute(db);
  await sql`create index call_over on "call" (tenant_id, state, id) where disposition is not null`.execute(
    db,
  );
  await sql`create index call_disposition on "call" (tenant_id, disposition, id) where disposition is not null`.execute(
    db,
  );
  await sql`create index call_pbx on "call" (tenant_id, pbx_name, id)`.execute(db);
  await sql`create index call_first on "call" (tenant_id, first, id)`.execute(db);
  await sql`create index call_second on "call" (tenant_id, second, id)`.execute(db);
}

const MINUTE_MICROS = 60_000_000;

async function keepClicks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('click')
    .addColumn('kept_until', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`update click set kept_until = at + ${sql.lit(MINUTE_MICROS)}`.execute(db);
}
