import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { migrate } from '../migrations/migrate.ts';
import type { Reader } from '../statements/reads.ts';
import { createStore } from '../store.ts';
import type { Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { PostgresCommitter } from './batch-writer.ts';
import { postgresCompiler } from './compiler.ts';
import { faultOf } from './fault.ts';
import { openPool, runStep } from './pool.ts';

const READING_CONNECTIONS = 10;
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * Opens a store in a PostgreSQL database, which must exist.
 * @throws StoreError where it can't be reached or its tables can't be brought up to date
 */
export async function openPostgres(url: string): Promise<Store> {
  const migrating = new Kysely<unknown>({
    dialect: new PostgresDialect({
      pool: openPool({ url, connections: 1, pipeline: false, answerTimeoutMs: 0 }),
    }),
  });
  try {
    await migrate(migrating, 'postgres');
  } finally {
    await migrating.destroy();
  }
  const reading = openPool({
    url,
    connections: READING_CONNECTIONS,
    pipeline: false,
    answerTimeoutMs: ANSWER_TIMEOUT_MS,
  });
  return createStore({
    compiler: postgresCompiler(),
    read: readerOf(reading),
    committer: new PostgresCommitter(
      openPool({ url, connections: 1, pipeline: true, answerTimeoutMs: ANSWER_TIMEOUT_MS }),
    ),
    limits: { batch: 512, inFlight: 1 },
    closeReader: () => reading.end(),
  });
}

function readerOf(pool: Pool): Reader {
  return async <Row>(step: Parameters<Reader>[0]) => {
    if (pool.ending) throw new StoreError('closed', 'The store is closed.');
    try {
      // The query that `prepared` compiled says what its rows are.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return (await runStep(pool, step)) as Row[];
    } catch (error) {
      const { fault, message } = faultOf(error);
      throw new StoreError(fault, message, { cause: error });
    }
  };
}
