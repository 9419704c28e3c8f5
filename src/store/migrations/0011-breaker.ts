import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../schema.ts';
import { clustered, idType } from './column-types.ts';

/** Keys that froze themselves, and what each key is used to. */
export function breaker(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      const id = idType(engine);
      await db.schema
        .createTable('key_freeze')
        .addColumn('key_id', id, (column) => column.primaryKey())
        .addColumn('tenant_id', id, (column) => column.notNull().references('tenant.id'))
        .addColumn('frozen_at', 'bigint')
        .addColumn('reason', 'text', (column) => column.notNull())
        .addColumn('counts', 'text', (column) => column.notNull())
        .addColumn('unfrozen_at', 'bigint')
        .execute();
      const habit = db.schema
        .createTable('key_habit')
        .addColumn('key_id', id, (column) => column.notNull())
        .addColumn('day', 'bigint', (column) => column.notNull())
        .addColumn('name', id, (column) => column.notNull())
        .addColumn('calls', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('key_habit_key', ['key_id', 'day', 'name']);
      await clustered(habit, engine).execute();
    },
  };
}
