import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../schema.ts';
import { idType } from './column-types.ts';

/** Which master key seals what is stored, beside the number that every change of the directory locks. */
export function masterKeyInUse(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await db.schema.alterTable('generation').addColumn('master_key', idType(engine)).execute();
    },
  };
}
