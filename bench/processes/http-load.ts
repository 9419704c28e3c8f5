/*
 * Loads an HTTP server from a process of its own. It knows just enough of HTTP to read our answers, since every
 * microsecond that it takes is one that the server on the same machine does not get.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { doJobs } from '../kit/jobs.ts';
import type { HttpJob, LoadResult } from '../kit/load.ts';

doJobs(async (job: HttpJob): Promise<LoadResult> => {
  const sockets = await Promise.all(Array.from({ length: job.connections }, () => open(job.port)));
  const requests = job.paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${job.port}\r\n\r\n`);
  const latencies: number[] = [];
  let sent = 0;
  const next = () => (sent < job.count ? requests[sent++ % requests.length] : undefined);
  const began = performance.now();
  try {
    await Promise.all(sockets.map((socket) => drive(socket, next, job.expect, latencies)));
    return { seconds: (performance.now() - began) / 1000, latencies };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
  await once(socket, 'connect');
  return socket;
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
  const at = text.indexOf('content-length: ');
  if (at < 0 || at > body) throw new Error(`An answer does not say how long it is:\n${text}`);
  return text.length - body >= Number.parseInt(text.slice(at + 16, at + 26), 10);
}
