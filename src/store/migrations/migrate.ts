import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../schema.ts';
import { StoreError } from '../store-error.ts';
import { firstTables } from './0001-first-tables.ts';
import { livesOfCalls } from './0002-lives-of-calls.ts';
import { resourceApi } from './0003-resource-api.ts';
import { audit } from './0004-audit.ts';
import { masterKeyInUse } from './0005-master-key-in-use.ts';
import { webhooks } from './0006-webhooks.ts';
import { keys } from './0007-keys.ts';
import { policy } from './0008-policy.ts';
import { breaker } from './0011-breaker.ts';
import { accountEvents } from './0012-account-events.ts';
import { usage } from './0010-usage.ts';
import { people } from './0009-people.ts';

/** Every migration there is. Forward only: one that was released is never changed, a new one is added. */
function migrations(engine: Engine): Record<string, Migration> {
  return {
    '0001-first-tables': firstTables(engine),
    '0002-lives-of-calls': livesOfCalls(engine),
    '0003-resource-api': resourceApi(),
    '0004-audit': audit(engine),
    '0005-master-key-in-use': masterKeyInUse(engine),
    '0006-webhooks': webhooks(engine),
    '0007-keys': keys(engine),
    '0008-policy': policy(engine),
    '0010-usage': usage(engine),
    '0009-people': people(engine),
    '0011-breaker': breaker(engine),
    '0012-account-events': accountEvents(),
  };
}

/**
 * Brings a database to the newest schema, all in one transaction. Two processes may start at once: one waits for the
 * other.
 * @param upTo the last migration to apply; all of them unless it is said
 * @throws StoreError where a migration fails, or where the database is newer than this program
 */
export async function migrate(db: Kysely<unknown>, engine: Engine, upTo?: string): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(migrations(engine)) };
  const migrator = new Migrator({ db, provider });
  const { error } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
  if (error === undefined) return;
  const said = error instanceof Error ? error.message : JSON.stringify(error);
  throw new StoreError('unavailable', `The database's tables could not be brought up to date: ${said}`, {
    cause: error,
  });
}
