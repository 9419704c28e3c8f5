import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect, Socket, type Server } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../kit/clock.ts';
import { ControlError } from './messages.ts';

/**
 * The sockets of the servers that run on one data folder: a file for each in its folder `run`, which is the owner's
 * alone, and another beside it that says whose it is. A server that was killed leaves both; the next one finds that nobody
 * listens there, and removes them.
 */

/** Of Linux, whose `sun_path` has 108 bytes with the zero at its end. */
const PATH_BYTES_MAX = 107;
const ENDING = '.sock';
const OWNER_ENDING = '.owner';

function folderOf(dataDir: string): string {
  return join(dataDir, 'run');
}

/**
 * Listens on a socket of its own. It has its name only when somebody listens: a file where nobody does is a dead one's.
 * @param tender under which the server tends its calls
 * @returns what removes it when the server ends
 * @throws ControlError, or the system's error
 */
export async function listenIn(
  dataDir: string,
  server: Server,
  clock: Clock,
  tender: string,
): Promise<() => Promise<void>> {
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
  await writeFile(ownerOf(path), JSON.stringify({ host: hostname(), tender }), { mode: 0o600 });
  await rename(unnamed, path);
  return () => remove(path);
}

/** A connection to the server that started last; undefined: none runs. @throws the system's error */
export async function connectIn(dataDir: string): Promise<Socket | undefined> {
  for (const path of await socketsIn(dataDir)) {
    const met = await connectTo(path);
    if (met instanceof Socket) return met;
  }
  return undefined;
}

/**
 * Removes what servers have left that were killed.
 * @returns under which name each of them tended its calls: nobody does any more. On another machine that has the same folder a
 *   server may live though nobody is to be reached from here, so those of this machine alone.
 */
export async function removeDead(dataDir: string): Promise<string[]> {
  const tenders: string[] = [];
  for (const path of await socketsIn(dataDir)) {
    const met = await connectTo(path);
    if (met instanceof Socket) met.destroy();
    if (met !== 'nobody') continue;
    const { host, tender } = await readOwner(path);
    if (host === hostname() && tender !== undefined) tenders.push(tender);
    await remove(path);
  }
  return tenders;
}

function ownerOf(path: string): string {
  return `${path.slice(0, -ENDING.length)}${OWNER_ENDING}`;
}

/** Empty where an older version, or the death of its server in that moment, left none. */
async function readOwner(path: string): Promise<{ readonly host?: string; readonly tender?: string }> {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return JSON.parse(await readFile(ownerOf(path), 'utf8')) as { host: string; tender: string };
  } catch {
    return {};
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(ownerOf(path), { force: true });
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

/** `nobody`: whoever listened there was killed. `gone`: it ended by itself, just now. @throws the system's error */
async function connectTo(path: string): Promise<Socket | 'nobody' | 'gone'> {
  try {
    return await new Promise((resolve, reject) => {
      const socket = connect(path, () => {
        socket.off('error', reject);
        resolve(socket);
      }).once('error', reject);
    });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ECONNREFUSED') return 'nobody';
    if (code === 'ENOENT') return 'gone';
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
