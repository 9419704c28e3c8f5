import type { Fault } from '../group-writer.ts';

/** The SQLSTATE of PostgreSQL's own errors, five characters; undefined for those of the connection. */
function sqlStateOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E') ? code : undefined;
}

/** What an error of `pg` means. */
export function faultOf(error: unknown): Fault {
  const said = error instanceof Error ? describe(error) : String(error);
  const state = sqlStateOf(error);
  // 22: the data are no good. 23: a constraint.
  if (state !== undefined && /^2[23]/.test(state)) {
    return { fault: 'rejected', message: `The database rejected it: ${said}` };
  }
  if (state === '53100') return { fault: 'full', message: `No space is left for the database: ${said}` };
  // A lock or a statement took too long, or a serialisation conflict.
  if (state === '55P03' || state === '57014' || isConflict(error)) {
    return { fault: 'busy', message: `Another process held the database for too long: ${said}` };
  }
  return { fault: 'unavailable', message: `PostgreSQL can't be used at present: ${said}` };
}

/** The database undid the transaction for the sake of another one; the same again may pass. */
export function isConflict(error: unknown): boolean {
  return sqlStateOf(error)?.startsWith('40') ?? false;
}

/** A transaction that has failed already: the error that counts is another statement's. */
export function isAftermath(error: unknown): boolean {
  return sqlStateOf(error) === '25P02';
}

/** Node's error for a refused connection to several addresses has no message of its own. */
function describe(error: Error): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map((each) => (each instanceof Error ? each.message : String(each))).join('; ');
  }
  return error.message;
}
