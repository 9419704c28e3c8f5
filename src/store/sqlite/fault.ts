import type { Fault } from '../group-writer.ts';
import type { StoreFault } from '../store-error.ts';

/** SQLite's primary result codes that mean something of their own to us. */
const FAULTS: Readonly<Record<number, StoreFault>> = {
  5: 'busy', // SQLITE_BUSY
  6: 'busy', // SQLITE_LOCKED
  13: 'full', // SQLITE_FULL
  18: 'rejected', // SQLITE_TOOBIG
  19: 'rejected', // SQLITE_CONSTRAINT
  20: 'rejected', // SQLITE_MISMATCH
};

const SAYS: Readonly<Record<StoreFault, string>> = {
  rejected: 'The database rejected it',
  busy: 'Another process held the database for too long',
  full: 'No space is left for the database',
  unavailable: "The database can't be read or written",
  closed: 'The store is closed',
};

/** What an error of `node:sqlite` means. One that is not SQLite's is about the op that met it. */
export function faultOf(error: unknown): Fault {
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined;
  // The low byte is the primary code; the rest of an extended code says where in SQLite it arose.
  const fault = typeof code === 'number' ? (FAULTS[code % 256] ?? 'unavailable') : 'rejected';
  const said = error instanceof Error ? error.message : String(error);
  return { fault, message: `${SAYS[fault]}: ${said}` };
}
