import { Worker } from 'node:worker_threads';
import type { Committer, Outcome } from '../group-writer.ts';
import type { Op } from '../op.ts';
import type { WritePlans } from './write-plans.ts';
import { StoreError } from '../store-error.ts';

/** What the writer's thread is started with. */
export interface WriterData {
  readonly path: string;
  readonly busyTimeoutMs: number;
  readonly plans: WritePlans;
}

interface Answer {
  readonly resolve: (outcomes: readonly Outcome[]) => void;
  readonly reject: (error: StoreError) => void;
}

/** Hands batches to the writer's thread, which answers in their order. A thread that dies is replaced by the next batch. */
export class WorkerCommitter implements Committer {
  readonly #data: WriterData;
  #worker: Worker | undefined;
  #answers: Answer[] = [];

  constructor(data: WriterData) {
    this.#data = data;
    this.#worker = this.#start();
  }

  commit(ops: readonly Op[]): Promise<readonly Outcome[]> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      this.#answers.push({ resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
      worker.postMessage(ops);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    await new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
      worker.postMessage(null);
    });
  }

  #start(): Worker {
    // The published package is JavaScript: the thread's file is called as this one is.
    const file = import.meta.url.endsWith('.ts') ? './writer.ts' : './writer.js';
    const worker = new Worker(new URL(file, import.meta.url), {
      name: 'store-writer',
      workerData: this.#data,
      // It holds a batch at a time, and no more: a large heap would only be filled before it is swept.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 },
    });
    worker.on('message', (outcomes: readonly Outcome[]) => this.#answers.shift()?.resolve(outcomes));
    worker.on('error', (error: unknown) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker, 'it ended'));
    return worker;
  }

  #lost(worker: Worker, reason: unknown): void {
    if (this.#worker === worker) this.#worker = undefined;
    const answers = this.#answers;
    this.#answers = [];
    const said = reason instanceof Error ? reason.message : String(reason);
    for (const { reject } of answers)
      reject(new StoreError('unavailable', `The store's writer was lost: ${said}`));
  }
}
