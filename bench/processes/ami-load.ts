/*
 * Originates on an Asterisk directly, from a process of its own: what a program could reach that does nothing else. It
 * asks for no events, which spares both sides; we must ask for some, to know when a call ends.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { doJobs } from '../kit/jobs.ts';
import { lanes } from '../kit/lanes.ts';
import type { AmiJob, LoadResult } from '../kit/load.ts';

let ids = 0;

doJobs(async (job: AmiJob): Promise<LoadResult> => {
  const latencies: number[] = [];
  const pooled = job.connection === 'pooled' ? await logIn(job) : undefined;
  const began = performance.now();
  if (pooled === undefined) await Promise.all(lanes(job, () => withLogin(job, latencies)));
  else await Promise.all(lanes(job, () => pooled.originate(latencies)));
  const seconds = (performance.now() - began) / 1000;
  pooled?.close();
  return { seconds, latencies };
});

/** As most scripts do it. */
async function withLogin(job: AmiJob, latencies: number[]): Promise<void> {
  const since = performance.now();
  const session = await logIn(job);
  await session.originate([]);
  session.close();
  latencies.push(performance.now() - since);
}

interface Session {
  originate(latencies: number[]): Promise<void>;
  close(): void;
}

async function logIn(job: AmiJob): Promise<Session> {
  const socket = connect(job.port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
  const replies = readReplies(socket);
  await once(socket, 'connect');
  socket.write(`Action: Login\r\nUsername: ${job.username}\r\nSecret: ${job.secret}\r\nEvents: off\r\n\r\n`);
  await replies.next();
  return {
    async originate(latencies) {
      const since = performance.now();
      ids += 1;
      socket.write(job.frame.join(`raw-${process.pid}-${Date.now()}-${ids}`), 'latin1');
      await replies.next();
      latencies.push(performance.now() - since);
    },
    close: () => void socket.end('Action: Logoff\r\n\r\n'),
  };
}

/** Asterisk works on a connection's actions one after another, so the replies come in the order of the actions. */
function readReplies(socket: Socket): { next(): Promise<void> } {
  const waiting: PromiseWithResolvers<void>[] = [];
  const failAll = (error: Error) => waiting.splice(0).forEach(({ reject }) => reject(error));
  let rest = '';
  socket.on('data', (text: string) => {
    const messages = (rest + text).split('\r\n\r\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      // The login, unlike any other action, is followed by an event that nobody asked for.
      if (message.startsWith('Event: ')) continue;
      const first = waiting.shift();
      if (message.includes('Response: Success')) first?.resolve();
      else first?.reject(new Error(`Asterisk says no:\n${message}`));
    }
  });
  socket.on('error', failAll);
  socket.on('close', () => failAll(new Error('Asterisk closed the connection.')));
  return {
    next() {
      const reply = Promise.withResolvers<void>();
      waiting.push(reply);
      return reply.promise;
    },
  };
}
