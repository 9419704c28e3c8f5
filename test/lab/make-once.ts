import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Makes a folder once, however many processes ask at the same time: one makes it, the others wait for it. It is made
 * beside its place and renamed when whole, so whoever sees it sees all of it.
 *
 * @param folder where it shall be
 * @param make fills the empty folder it is given
 * @throws whatever `make` throws; then nothing is left behind, and the next caller tries again
 */
export async function makeFolderOnce(folder: string, make: (empty: string) => Promise<void>): Promise<void> {
  if (await isFolder(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  const lock = await takeLock(folder);
  try {
    if (await isFolder(folder)) return;
    await removeLeftovers(folder);
    const unfinished = await mkdtemp(`${folder}.part-`);
    try {
      await make(unfinished);
      await rename(unfinished, folder);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      throw error;
    }
  } finally {
    lock.close();
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

/** A maker that was killed leaves its unfinished folder; whoever holds the lock knows that nobody works on it any more. */
async function removeLeftovers(folder: string): Promise<void> {
  const beside = await readdir(dirname(folder));
  const leftovers = beside.filter((name) => name.startsWith(`${basename(folder)}.part-`));
  await Promise.all(
    leftovers.map((name) => rm(join(dirname(folder), name), { recursive: true, force: true })),
  );
}

/** The lock is a name in the kernel (an abstract unix socket), not a file: it goes with its process, so it never is stale. */
async function takeLock(folder: string): Promise<Server> {
  const name = `\0click2call-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  for (;;) {
    const server = await listen(name);
    if (server !== undefined) return server;
    await sleep(200);
  }
}

function listen(name: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy()).unref();
  return new Promise((resolve, reject) => {
    server.once('listening', () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(name);
  });
}
