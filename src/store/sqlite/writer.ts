/*
 * The writer's thread: the only one that writes to the file, so that an fsync never stops the event loop. A message is a
 * batch of ops; the answer is their outcomes. A message of `null` ends it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Op } from '../op.ts';
import { BatchWriter } from './batch-writer.ts';
import { checkpointIfDue } from './checkpoint.ts';
import { openForWriting } from './open-connection.ts';
import { statementsOf } from './write-plans.ts';
import type { WriterData } from './worker-committer.ts';

const { path, busyTimeoutMs, plans }: WriterData = workerData;
const port = parentPort;
if (port === null) throw new Error('sqlite/writer.ts runs in a worker thread only.');

const connection = openForWriting(path, busyTimeoutMs);
const writer = new BatchWriter(connection, statementsOf(plans));

/** Asking how long the log is costs as much as a small write. */
const CHECKPOINT_EVERY = 32;
let batches = 0;

port.on('message', (ops: readonly Op[] | null) => {
  if (ops === null) {
    connection.close();
    port.close();
    return;
  }
  port.postMessage(writer.commit(ops));
  // After the answer is on its way, so that no click waits for it unless it comes in that very moment.
  if (++batches % CHECKPOINT_EVERY === 0) checkpointIfDue(connection);
});
