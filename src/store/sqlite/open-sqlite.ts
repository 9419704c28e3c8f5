import { Kysely } from 'kysely';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { migrate } from '../migrations/migrate.ts';
import type { Reader } from '../statements/reads.ts';
import { createStore } from '../store.ts';
import type { Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { sqliteCompiler } from './compiler.ts';
import type { SqliteConnection } from './connection.ts';
import { faultOf } from './fault.ts';
import { sqliteDialect } from './kysely-dialect.ts';
import { openForReading, openForWriting } from './open-connection.ts';
import { writeStatements } from '../statements/writes.ts';
import { plansOf } from './write-plans.ts';
import { WorkerCommitter } from './worker-committer.ts';

/** How long a write waits for another process, the command line beside the server for one. It runs in its own thread. */
const WRITER_PATIENCE_MS = 5000;
/** A reader waits in rare moments only (recovery after a crash). It holds up the event loop. */
const READER_PATIENCE_MS = 1000;

/**
 * Opens a store in an SQLite file, making it and its folder where there is none.
 * @throws StoreError
 */
export async function openSqlite(path: string): Promise<Store> {
  try {
    mkdirSync(dirname(path), { recursive: true });
    await inTurn(() => migrateFile(path));
    const compiler = sqliteCompiler();
    const plans = plansOf(writeStatements(compiler, 'sqlite'));
    const reading = openForReading(path, READER_PATIENCE_MS);
    return createStore({
      compiler,
      read: readerOf(reading),
      committer: new WorkerCommitter({ path, busyTimeoutMs: WRITER_PATIENCE_MS, plans }),
      limits: { batch: 512, inFlight: 1 },
      closeReader: () => reading.close(),
    });
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const { fault, message } = faultOf(error);
    throw new StoreError(fault === 'rejected' ? 'unavailable' : fault, `${path}: ${message}`, {
      cause: error,
    });
  }
}

async function migrateFile(path: string): Promise<void> {
  const connection = openForWriting(path, WRITER_PATIENCE_MS);
  try {
    await migrate(new Kysely<unknown>({ dialect: sqliteDialect(connection.database) }), 'sqlite');
  } finally {
    connection.close();
  }
}

let last: Promise<void> = Promise.resolve();

/** One at a time in this process: a migration that waited for another's lock would keep the thread from releasing it. */
function inTurn(work: () => Promise<void>): Promise<void> {
  const mine = last.then(work);
  last = mine.catch(() => {});
  return mine;
}

function readerOf(connection: SqliteConnection): Reader {
  return async (step) => {
    try {
      return connection.run(step);
    } catch (error) {
      if (!connection.database.isOpen)
        throw new StoreError('closed', 'The store is closed.', { cause: error });
      const { fault, message } = faultOf(error);
      throw new StoreError(fault, message, { cause: error });
    }
  };
}
