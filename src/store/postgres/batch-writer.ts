import type { Pool, PoolClient } from 'pg';
import type { Committer, Fault, Outcome } from '../group-writer.ts';
import { DIRECTORY_LOCK, isDurable, lockOf } from '../op.ts';
import { runOp } from '../run-op.ts';
import type { Op, OpValue } from '../op.ts';
import { writeStatements } from '../statements/writes.ts';
import type { WriteStatements } from '../statements/writes.ts';
import { postgresCompiler } from './compiler.ts';
import { faultOf, isAftermath, isConflict } from './fault.ts';
import { runStep } from './pool.ts';

const CONFLICT_ATTEMPTS = 5;

/** What stopped a batch: `index` is set where it was that one op, and nothing else. */
interface Failure {
  readonly index: number | undefined;
  readonly fault: Fault;
  readonly conflict: boolean;
}

/** Writes batches on a pool of one connection, which the pool replaces when it is lost. */
export class PostgresCommitter implements Committer {
  readonly #pool: Pool;
  readonly #statements: WriteStatements;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#statements = writeStatements(postgresCompiler(), 'postgres');
  }

  async commit(ops: readonly Op[]): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = Array.from({ length: ops.length }, () => null);
    const rejected = new Set<number>();
    let conflicts = 0;
    for (;;) {
      const failure = await this.#attempt(ops, rejected, outcomes);
      if (failure === undefined) return outcomes;
      if (failure.index !== undefined) {
        rejected.add(failure.index);
        outcomes[failure.index] = failure.fault;
      } else if (failure.conflict && conflicts < CONFLICT_ATTEMPTS) {
        conflicts += 1;
      } else {
        return outcomes.map((outcome, index) => (rejected.has(index) ? outcome : failure.fault));
      }
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #attempt(
    ops: readonly Op[],
    rejected: ReadonlySet<number>,
    outcomes: Outcome[],
  ): Promise<Failure | undefined> {
    let client: PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      // Lost between two answers, a connection says so by an event; the queries under way reject by themselves.
      client.on('error', ignore);
      const failure = await this.#transact(client, ops, rejected, outcomes);
      client.off('error', ignore);
      client.release(failure !== undefined && failure.fault.fault !== 'rejected');
      return failure;
    } catch (error) {
      client?.release(true);
      return { index: undefined, fault: faultOf(error), conflict: false };
    }
  }

  /** All statements that can go are sent at once; one transaction holds them. It parts no two ops by their locks. */
  async #transact(
    client: PoolClient,
    ops: readonly Op[],
    rejected: ReadonlySet<number>,
    outcomes: Outcome[],
  ): Promise<Failure | undefined> {
    const begun = client.query(ops.some(isDurable) ? 'BEGIN' : 'BEGIN; SET LOCAL synchronous_commit TO OFF');
    const order = inLockOrder(ops).filter((index) => !rejected.has(index));
    /** The last op that changes the directory: the next one reads what it has written, and the others come after all. */
    let change: Promise<unknown> | undefined;
    const running = order.map(async (index) => {
      const op = ops[index];
      if (op === undefined) return;
      const run = change?.then(ignore, ignore).then(() => this.#run(client, op)) ?? this.#run(client, op);
      if (lockOf(op) === DIRECTORY_LOCK) change = run;
      outcomes[index] = await run;
    });
    const results = await Promise.allSettled([begun, ...running]);
    const failures = results.flatMap((result, position) =>
      // The first result is that of BEGIN.
      result.status === 'rejected' ? [{ index: order[position - 1], error: result.reason as unknown }] : [],
    );
    if (failures.length === 0) {
      await client.query('COMMIT');
      return undefined;
    }
    const first = failures.find(({ error }) => !isAftermath(error)) ?? failures[0];
    const fault = faultOf(first?.error);
    await client.query('ROLLBACK').catch(ignore);
    const own = fault.fault === 'rejected';
    return { index: own ? first?.index : undefined, fault, conflict: isConflict(first?.error) };
  }

  async #run(client: PoolClient, op: Op): Promise<OpValue> {
    const run = runOp(this.#statements, op);
    let next = run.next([]);
    while (next.done !== true) next = run.next(await runStep(client, next.value));
    return next.value;
  }
}

function ignore(): void {}

/**
 * The positions of the ops, in the order of the rows that their first statements lock: two processes whose batches share
 * rows then wait for each other in one direction only, and never for ever. Ops on the same row keep their order.
 */
function inLockOrder(ops: readonly Op[]): number[] {
  const locks = ops.map(lockOf);
  return [...ops.keys()].sort((a, b) => compare(locks[a] ?? '', locks[b] ?? ''));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
