import type { Fault, Outcome } from '../group-writer.ts';
import { isDurable } from '../op.ts';
import { runOp } from '../run-op.ts';
import type { Op, OpValue } from '../op.ts';
import type { WriteStatements } from '../statements/writes.ts';
import type { SqliteConnection } from './connection.ts';
import { faultOf } from './fault.ts';

/** Writes batches on one connection. Synchronous: it lives in the writer's thread. */
export class BatchWriter {
  readonly #connection: SqliteConnection;
  readonly #statements: WriteStatements;
  #synchronous: 'FULL' | 'NORMAL' | undefined;

  constructor(connection: SqliteConnection, statements: WriteStatements) {
    this.#connection = connection;
    this.#statements = statements;
  }

  /** One transaction. An op that is rejected is left out, and the others are written without it. Never throws. */
  commit(ops: readonly Op[]): Outcome[] {
    const outcomes: Outcome[] = Array.from({ length: ops.length }, () => null);
    const rejected = new Set<number>();
    for (;;) {
      const failure = this.#attempt(ops, rejected, outcomes);
      if (failure === undefined) return outcomes;
      if (failure.index === undefined || failure.fault.fault !== 'rejected') {
        return outcomes.map((outcome, index) => (rejected.has(index) ? outcome : failure.fault));
      }
      rejected.add(failure.index);
      outcomes[failure.index] = failure.fault;
    }
  }

  #attempt(
    ops: readonly Op[],
    rejected: ReadonlySet<number>,
    outcomes: Outcome[],
  ): { readonly index: number | undefined; readonly fault: Fault } | undefined {
    const { database } = this.#connection;
    let index: number | undefined;
    try {
      this.#synchronise(ops.some(isDurable));
      database.exec('BEGIN IMMEDIATE');
      for (index = 0; index < ops.length; index += 1) {
        const op = ops[index];
        if (op !== undefined && !rejected.has(index)) outcomes[index] = this.#run(op);
      }
      index = undefined;
      database.exec('COMMIT');
      return undefined;
    } catch (error) {
      this.#rollBack();
      return { index, fault: faultOf(error) };
    }
  }

  #run(op: Op): OpValue {
    const run = runOp(this.#statements, op);
    let next = run.next([]);
    while (next.done !== true) next = run.next(this.#connection.run(next.value));
    return next.value;
  }

  /** FULL: the commit is on the disk. NORMAL: it is with the operating system, and goes to the disk with the next FULL. */
  #synchronise(durable: boolean): void {
    const wanted = durable ? 'FULL' : 'NORMAL';
    if (wanted === this.#synchronous) return;
    this.#connection.database.exec(`PRAGMA synchronous = ${wanted}`);
    this.#synchronous = wanted;
  }

  #rollBack(): void {
    // After some errors (a full disk) SQLite has done it by itself.
    if (this.#connection.database.isTransaction) this.#connection.database.exec('ROLLBACK');
  }
}
