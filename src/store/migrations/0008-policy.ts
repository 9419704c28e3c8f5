import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../schema.ts';
import { idType } from './column-types.ts';

/** What an account's calls may be. An account without a row has the policy of a new one. */
export function policy(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable('policy')
        .addColumn('tenant_id', idType(engine), (column) => column.primaryKey().references('tenant.id'))
        .addColumn('policy', 'text', (column) => column.notNull())
        .execute();
    },
  };
}
