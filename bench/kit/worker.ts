import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A process that does one job after another. It ends with this one, however this one ends. */
export interface Worker<Job, Result> extends AsyncDisposable {
  /** @throws Error with the worker's own words where it could not do the job, or died of it */
  run(job: Job): Promise<Result>;
}

export type Reply<Result> = { readonly result: Result } | { readonly failed: string };

/** Starts one of `bench/processes`, and waits until it takes jobs. */
export async function startWorker<Job extends object, Result>(name: string): Promise<Worker<Job, Result>> {
  const child = fork(new URL(`../processes/${name}.ts`, import.meta.url), { stdio: 'inherit' });
  await once(child, 'message');
  return {
    async run(job) {
      const ended = new AbortController();
      const died = once(child, 'exit', { signal: ended.signal }).then(() => {
        throw new Error(`The process ${name} ended in the middle of a job.`);
      });
      died.catch(() => undefined);
      const answered = once(child, 'message', { signal: ended.signal });
      child.send(job);
      try {
        // Both sides of the pipe are in this repository: startWorker's types say what comes through it.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        const [reply] = (await Promise.race([answered, died])) as [Reply<Result>];
        if ('failed' in reply) throw new Error(reply.failed);
        return reply.result;
      } finally {
        ended.abort();
        answered.catch(() => undefined);
      }
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}
