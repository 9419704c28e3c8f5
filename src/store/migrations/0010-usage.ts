import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../schema.ts';
import { clustered, idType } from './column-types.ts';

/** Counters of what calls came to, and calls found by the key that asked for them. */
export function usage(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await sql`create index call_key on "call" (tenant_id, key_id, id)`.execute(db);
      const table = db.schema
        .createTable('usage')
        .addColumn('tenant_id', idType(engine), (column) => column.notNull())
        .addColumn('hour', 'bigint', (column) => column.notNull())
        .addColumn('disposition', 'text', (column) => column.notNull())
        .addColumn('wait_class', 'bigint', (column) => column.notNull())
        .addColumn('calls', 'bigint', (column) => column.notNull())
        .addColumn('talk', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('usage_key', ['tenant_id', 'hour', 'disposition', 'wait_class']);
      await clustered(table, engine).execute();
      await COUNT_CALLS_OF_BEFORE[engine].execute(db);
    },
  };
}

/** As `waitClassOf` and `usageValues` do it. A call whose end was only found has talked nobody knows how long. */
function countCallsOfBefore(life: (name: string) => string) {
  const wait = `(${life('connectedAt')} - asked_at)`;
  const waitClass = `cast(round(8 * ln((case when ${wait} < 100000 then 100000 else ${wait} end) / 100000.0) / ln(2.0)) as bigint)`;
  return sql.raw(`
    insert into usage (tenant_id, hour, disposition, wait_class, calls, talk)
    select tenant_id, hour, disposition, wait_class, count(*), sum(talk) from (
      select
        tenant_id,
        asked_at / 3600000000 as hour,
        disposition,
        case
          when ${life('connectedAt')} is null then -1
          when ${waitClass} > 160 then 160
          else ${waitClass}
        end as wait_class,
        case
          when ${life('isFound')} is null then coalesce(${life('endedAt')} - ${life('connectedAt')}, 0)
          else 0
        end as talk
      from "call" where disposition is not null and outcome <> 'refused') as ended
    group by tenant_id, hour, disposition, wait_class`);
}

const COUNT_CALLS_OF_BEFORE = {
  sqlite: countCallsOfBefore((name) => `json_extract(life, '$.${name}')`),
  // PostgreSQL reads no JSON that has a NUL in it, and what a PBX said may have one. In a text, a quote has a backslash.
  postgres: countCallsOfBefore((name) =>
    name === 'isFound'
      ? `substring(life from '"isFound":(true)')`
      : `substring(life from '"${name}":([0-9]+)[,}]')::bigint`,
  ),
};
