import { SqliteConnection } from './connection.ts';

/** KiB of pages that a connection keeps in memory. */
const CACHE_KIB = 4 * 1024;
/** Bytes that the write-ahead log's file keeps after a checkpoint, however far a burst had stretched it. */
const LOG_FILE_LIMIT = 64 * 1024 * 1024;

/** @throws the errors of `node:sqlite` where the file can't be opened */
export function openForWriting(path: string, busyTimeoutMs: number): SqliteConnection {
  const connection = new SqliteConnection(path, busyTimeoutMs);
  connection.database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA wal_autocheckpoint = 0; -- checkpoint.ts
    PRAGMA journal_size_limit = ${LOG_FILE_LIMIT};
    PRAGMA cache_size = -${CACHE_KIB};
  `);
  return connection;
}

/** A connection that can't write, for the event loop's thread. */
export function openForReading(path: string, busyTimeoutMs: number): SqliteConnection {
  const connection = new SqliteConnection(path, busyTimeoutMs);
  connection.database.exec(`
    PRAGMA query_only = ON;
    PRAGMA cache_size = -${CACHE_KIB};
  `);
  return connection;
}
