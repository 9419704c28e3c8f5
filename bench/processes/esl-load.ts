/*
 * Orders calls of a FreeSWITCH directly, from a process of its own: what a program could reach that does nothing else.
 * It asks for no events; we must ask for some, to know what became of an order.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { doJobs } from '../kit/jobs.ts';
import { lanes } from '../kit/lanes.ts';
import type { EslJob, LoadResult } from '../kit/load.ts';

doJobs(async (job: EslJob): Promise<LoadResult> => {
  const socket = connect(job.port, '127.0.0.1').setNoDelay(true).setEncoding('utf8');
  const replies = readReplies(socket);
  await once(socket, 'connect');
  socket.write(`auth ${job.password}\n\n`);
  await replies.next();
  const latencies: number[] = [];
  const began = performance.now();
  const order = async () => {
    const since = performance.now();
    socket.write(job.frame.join(randomUUID()));
    await replies.next();
    latencies.push(performance.now() - since);
  };
  await Promise.all(lanes(job, order));
  const seconds = (performance.now() - began) / 1000;
  socket.removeAllListeners('close').end('exit\n\n');
  return { seconds, latencies };
});

/** Replies come in the order of the commands. None of these has a body. */
function readReplies(socket: Socket): { next(): Promise<void> } {
  const waiting: PromiseWithResolvers<void>[] = [];
  const failAll = (error: Error) => waiting.splice(0).forEach(({ reject }) => reject(error));
  let rest = '';
  socket.on('data', (text: string) => {
    const messages = (rest + text).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      if (!message.includes('command/reply')) continue;
      const first = waiting.shift();
      if (message.includes('Reply-Text: +OK')) first?.resolve();
      else first?.reject(new Error(`The FreeSWITCH says no:\n${message}`));
    }
  });
  socket.on('error', failAll);
  socket.on('close', () => failAll(new Error('The FreeSWITCH closed the connection.')));
  return {
    next() {
      const reply = Promise.withResolvers<void>();
      waiting.push(reply);
      return reply.promise;
    },
  };
}
