/*
 * Loads an HTTP server from a process of its own. It knows just enough of HTTP to read our answers, since every
 * microsecond that it takes is one that the server on the same machine does not get.
 */
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { doJobs } from '../kit/jobs.ts';
import type { CutText, HttpJob, LoadResult } from '../kit/load.ts';

doJobs(async (job: HttpJob): Promise<LoadResult> => {
  const sockets = await Promise.all(Array.from({ length: job.connections }, () => open(job)));
  const requests = job.requests;
  const latencies: number[] = [];
  let sent = 0;
  const next = () => (sent < job.count ? whole(requests[sent++ % requests.length] ?? []) : undefined);
  const began = performance.now();
  try {
    await Promise.all(sockets.map((socket) => drive(socket, next, job.expect, latencies)));
    return { seconds: (performance.now() - began) / 1000, latencies };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});

async function open({ port, tls }: HttpJob): Promise<Socket> {
  const host = '127.0.0.1';
  const socket = tls === true ? connectTls({ port, host, rejectUnauthorized: false }) : connect(port, host);
  socket.setNoDelay(true).setEncoding('latin1');
  await once(socket, tls === true ? 'secureConnect' : 'connect');
  return socket;
}

function whole(request: CutText): string | undefined {
  return request.length === 1 ? request[0] : request.join(randomUUID());
}

/** Asks and waits for the answer, until there is nothing more to ask. */
function drive(
  socket: Socket,
  next: () => string | undefined,
  expect: string,
  latencies: number[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    let rest = '';
    let since = 0;
    const ask = () => {
      const request = next();
      if (request === undefined) return resolve();
      since = performance.now();
      socket.write(request, 'latin1');
    };
    socket.on('data', (text: string) => {
      rest = rest === '' ? text : rest + text;
      if (!isWhole(rest)) return;
      latencies.push(performance.now() - since);
      if (!rest.includes(expect)) return reject(new Error(`An answer is not what it should be:\n${rest}`));
      rest = '';
      ask();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The server closed a connection.')));
    ask();
  });
}

function isWhole(text: string): boolean {
  const body = text.indexOf('\r\n\r\n') + 4;
  if (body < 4) return false;
  const ours = text.indexOf('content-length: ');
  // Ours first, for its speed; a PBX may write it in another way, or send its answer in chunks.
  const at = ours >= 0 ? ours : text.slice(0, body).toLowerCase().indexOf('content-length: ');
  if (at >= 0 && at < body) return text.length - body >= Number.parseInt(text.slice(at + 16, at + 26), 10);
  if (/^transfer-encoding: chunked\r$/im.test(text.slice(0, body))) return text.endsWith('\r\n0\r\n\r\n');
  throw new Error(`An answer does not say how long it is:\n${text}`);
}
