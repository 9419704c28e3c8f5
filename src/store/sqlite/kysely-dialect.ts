import { SqliteAdapter, SqliteDialect } from 'kysely';
import type { Dialect, SqliteStatement } from 'kysely';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** Kysely over `node:sqlite`, for the migrations, which it runs in one transaction. Closing it closes the database. */
export function sqliteDialect(database: DatabaseSync): Dialect {
  const dialect = new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare: (sql) => statement(database, sql),
    },
  });
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => dialect.createDriver(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

/** Kysely leaves SQLite's migrations without a transaction, though SQLite can undo every change of a schema. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function statement(database: DatabaseSync, sql: string): SqliteStatement {
  // A migration takes the write lock before it looks at what is there: of two processes that start at once, one migrates
  // and the other waits, then finds nothing to do.
  const prepared = database.prepare(sql === 'begin' ? 'begin immediate' : sql);
  return {
    reader: prepared.columns().length > 0,
    all: (parameters) => prepared.all(...values(parameters)),
    run: (parameters) => prepared.run(...values(parameters)),
    iterate: (parameters) => prepared.iterate(...values(parameters)),
  };
}

/** What Kysely's compiler lets through as parameters, SQLite takes. */
function values(parameters: readonly unknown[]): SQLInputValue[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return parameters as SQLInputValue[];
}
