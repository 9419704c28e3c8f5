import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { Statement, Step } from '../statement.ts';

/** One connection to an SQLite file, which keeps what it has prepared. */
export class SqliteConnection {
  readonly database: DatabaseSync;
  readonly #prepared = new Map<Statement, StatementSync>();

  /** @param busyTimeoutMs how long a statement waits for another process's lock */
  constructor(path: string, busyTimeoutMs: number) {
    this.database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  }

  run<Row>(step: Step<Row>): Row[] {
    let statement = this.#prepared.get(step.statement);
    if (statement === undefined) {
      statement = this.database.prepare(step.statement.sql);
      this.#prepared.set(step.statement, statement);
    }
    // The query that `prepared` compiled says what its rows are.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return statement.all(...step.values) as Row[];
  }

  close(): void {
    this.#prepared.clear();
    if (this.database.isOpen) this.database.close();
  }
}
