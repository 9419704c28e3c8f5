import type { Reply } from './worker.ts';

/** The worker's side of `startWorker`: does each job that comes, and ends when nobody can send one any more. */
// The worker's starter says what comes through the pipe between them.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function doJobs<Job, Result>(work: (job: Job) => Promise<Result>): void {
  const answer = (reply: Reply<Result> | 'ready') => process.send?.(reply);
  process.on('message', (job: Job) => {
    work(job).then(
      (result) => answer({ result }),
      (error: unknown) =>
        answer({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
  answer('ready');
}
