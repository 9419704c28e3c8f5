import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Webhooks are told what happens to their account, too: of that the delivery itself has the words. */
export function accountEvents(): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await db.schema.alterTable('delivery').addColumn('about', 'text').execute();
    },
  };
}
