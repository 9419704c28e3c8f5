import { readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { keepChild, type KeptChild } from '../../test/lab/kept-child.ts';
import { gatewayEnv } from './account.ts';

/** The service in a process of its own, as a customer starts it. */
export interface Gateway extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
  /** Milliseconds between its start and its listening. */
  readonly startMs: number;
}

export interface GatewayOptions {
  readonly dataDir: string;
  /** Its log, and the folder that goes with it where this process is killed. */
  readonly runFolder: string;
  /** For Node itself. */
  readonly nodeArgs: readonly string[];
}

const PROGRAM = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const LAUNCHER = fileURLToPath(new URL('../../bin/click2call', import.meta.url));
const POLL_MS = 2;
const START_MS_MAX = 20_000;

/** @throws Error with the end of its log where it does not come up */
export async function startGateway({ dataDir, runFolder, nodeArgs }: GatewayOptions): Promise<Gateway> {
  const port = await freePort();
  const env = Object.entries({ ...gatewayEnv(dataDir), C2C_HTTP_PORT: String(port) });
  const output = join(runFolder, 'gateway.log');
  const began = performance.now();
  const child = await keepChild(
    ['env', ...env.map(([name, value]) => `${name}=${value}`)],
    nodeArgs.length === 0 ? [LAUNCHER, 'serve'] : [process.execPath, ...nodeArgs, PROGRAM, 'serve'],
    { folder: runFolder, output },
  );
  while (!(await accepts(port))) {
    if (!child.running() || performance.now() - began > START_MS_MAX) {
      await child.kill();
      throw new Error(`The gateway does not start:\n${(await readFile(output, 'utf8')).slice(-3000)}`);
    }
    await sleep(POLL_MS);
  }
  const startMs = performance.now() - began;
  return { port, pid: child.pid, startMs, [Symbol.asyncDispose]: () => stop(child) };
}

/** It is asked to stop, as a service manager would: only then does it write its profile, where it makes one. */
async function stop(child: KeptChild): Promise<void> {
  if (child.running()) process.kill(child.pid, 'SIGTERM');
  await Promise.race([child.exited, sleep(10_000, undefined, { ref: false })]);
  await child.kill();
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (good: boolean) => {
      socket.destroy();
      resolve(good);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Resident memory in MB (10^6 bytes), as the system counts it. */
export async function residentMegabytes({ pid }: Gateway): Promise<number> {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kilobytes) * 1024) / 1e6;
}
