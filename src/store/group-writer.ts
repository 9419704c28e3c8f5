import type { Op, OpValue } from './op.ts';
import { StoreError } from './store-error.ts';
import type { StoreFault } from './store-error.ts';

/** Why an op failed, in a form that crosses between threads. */
export interface Fault {
  readonly fault: StoreFault;
  readonly message: string;
}

export type Outcome = OpValue | Fault;

/** What an engine does for the group writer. */
export interface Committer {
  /**
   * Commits ops in one transaction, in their order, and gives an outcome for each. An op that the database rejects takes
   * no other with it. Rejects with a `StoreError` where nothing is known to have been committed.
   */
  commit(ops: readonly Op[]): Promise<readonly Outcome[]>;
  /** Called once, after the last commit. */
  close(): Promise<void>;
}

export interface GroupLimits {
  /** Ops in one transaction. */
  readonly batch: number;
  /** Batches handed over and not yet answered. With two, the next one waits at the writer's door. */
  readonly inFlight: number;
}

interface Waiting {
  readonly op: Op;
  readonly resolve: (value: OpValue) => void;
  readonly reject: (error: StoreError) => void;
}

/**
 * Group commit: ops that come while a batch is being written wait, and the next batch takes them all. So one fsync serves
 * as many calls as came during the last one; the busier it is, the more each fsync carries.
 */
export class GroupWriter {
  readonly #committer: Committer;
  readonly #limits: GroupLimits;
  #queue: Waiting[] = [];
  #inFlight = 0;
  #flushing = false;
  #closing: Promise<void> | undefined;
  #drained: (() => void) | undefined;

  constructor(committer: Committer, limits: GroupLimits) {
    this.#committer = committer;
    this.#limits = limits;
  }

  /** @throws StoreError (as a rejection) */
  submit(op: Op): Promise<OpValue> {
    if (this.#closing !== undefined) return Promise.reject(new StoreError('closed', 'The store is closed.'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ op, resolve, reject });
      this.#flushSoon();
    });
  }

  /** Writes what was accepted, then closes. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#drain().then(() => this.#committer.close());
    return this.#closing;
  }

  async #drain(): Promise<void> {
    if (this.#inFlight === 0 && this.#queue.length === 0) return;
    await new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
  }

  /** At the end of this turn of the event loop's callback, so that what one callback submits goes together. */
  #flushSoon(): void {
    if (this.#flushing || this.#inFlight >= this.#limits.inFlight) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    while (this.#inFlight < this.#limits.inFlight && this.#queue.length > 0) {
      const batch = this.#queue.slice(0, this.#limits.batch);
      this.#queue = this.#queue.slice(batch.length);
      this.#inFlight += 1;
      void this.#write(batch);
    }
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      settle(batch, await this.#committer.commit(batch.map(({ op }) => op)));
    } catch (error) {
      const reason =
        error instanceof StoreError ? error : new StoreError('unavailable', String(error), { cause: error });
      for (const { reject } of batch) reject(reason);
    }
    this.#inFlight -= 1;
    this.#flushSoon();
    if (this.#inFlight === 0 && this.#queue.length === 0) this.#drained?.();
  }
}

function settle(batch: readonly Waiting[], outcomes: readonly Outcome[]): void {
  for (const [index, { resolve, reject }] of batch.entries()) {
    const outcome = outcomes[index] ?? null;
    if (typeof outcome === 'object' && outcome !== null)
      reject(new StoreError(outcome.fault, outcome.message));
    else resolve(outcome);
  }
}
