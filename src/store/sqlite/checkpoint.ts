import type { SqliteConnection } from './connection.ts';

/**
 * Pages (of 4 KiB) that the write-ahead log may hold before they are moved into the database. Fewer means more, shorter
 * pauses; each rewrites the same last pages of every table, so that fewer costs throughput too.
 */
const CHECKPOINT_PAGES = 4000;

/**
 * Moves the write-ahead log into the database when it has grown. SQLite would do that by itself within a commit, while
 * the clicks of that batch wait; here it is called between batches. Never throws: where a checkpoint fails, the log
 * grows, nothing is lost, and the next one tries again.
 */
export function checkpointIfDue(connection: SqliteConnection): void {
  try {
    const state = connection.database.prepare('PRAGMA wal_checkpoint(NOOP)').get();
    const waiting = Number(state?.['log']) - Number(state?.['checkpointed']);
    if (waiting >= CHECKPOINT_PAGES) connection.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch {
    // As said above.
  }
}
