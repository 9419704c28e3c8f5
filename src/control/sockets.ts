import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { connect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Clock } from '../kit/clock.ts';
import { ControlError } from './messages.ts';

/**
 * The sockets of the servers that run on one data folder: a file for each in its folder `run`, which is the owner's
 * alone. A server that was killed leaves its file; whoever finds that nobody listens there removes it.
 */

/** Of Linux, whose `sun_path` has 108 bytes with the zero at its end. */
const PATH_BYTES_MAX = 107;
const ENDING = '.sock';

function folderOf(dataDir: string): string {
  return join(dataDir, 'run');
}

/**
 * Listens on a socket of its own. It has its name only when somebody listens: a file where nobody does is a dead one's.
 * @returns the path, to be removed when the server ends
 * @throws ControlError, or the system's error
 */
export async function listenIn(dataDir: string, server: Server, clock: Clock): Promise<string> {
  const folder = folderOf(dataDir);
  // By the time of the start, so that they sort by it.
  const unnamed = join(folder, clock.nowMicros().toString(36));
  const path = `${unnamed}${ENDING}`;
  const [whole, ours] = [Buffer.byteLength(path), Buffer.byteLength(dataDir)];
  if (whole > PATH_BYTES_MAX)
    throw new ControlError(
      `The path of C2C_DATA_DIR has ${ours} bytes, and a socket in it needs one of ${ours - whole + PATH_BYTES_MAX} at most.`,
    );
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(unnamed, () => {
      server.off('error', reject);
      resolve();
    });
  });
  await chmod(unnamed, 0o600);
  await rename(unnamed, path);
  return path;
}

/** A connection to the server that started last; undefined: none runs. @throws the system's error */
export async function connectIn(dataDir: string): Promise<Socket | undefined> {
  for (const path of await socketsIn(dataDir)) {
    const socket = await connectTo(path);
    if (socket !== undefined) return socket;
  }
  return undefined;
}

/** Removes what servers have left that were killed. */
export async function removeDead(dataDir: string): Promise<void> {
  for (const path of await socketsIn(dataDir)) (await connectTo(path))?.destroy();
}

/** The newest first. */
async function socketsIn(dataDir: string): Promise<string[]> {
  const folder = folderOf(dataDir);
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  const sockets = names.filter((name) => name.endsWith(ENDING)).toSorted();
  return sockets.toReversed().map((name) => join(folder, name));
}

async function connectTo(path: string): Promise<Socket | undefined> {
  try {
    return await new Promise((resolve, reject) => {
      const socket = connect(path, () => {
        socket.off('error', reject);
        resolve(socket);
      }).once('error', reject);
    });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ECONNREFUSED') await rm(path, { force: true });
    // It ended while we looked.
    else if (code !== 'ENOENT') throw error;
    return undefined;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
