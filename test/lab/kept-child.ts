import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { CommandPrefix } from './command.ts';

/** A child process that can't outlive this one. */
export interface KeptChild {
  readonly pid: number;
  /** Settles when the program itself has ended: its exit code, or null when a signal ended it. */
  readonly exited: Promise<number | null>;
  readonly running: () => boolean;
  /** Kills the program and whatever it started, without asking; settles when it is gone. */
  kill(): Promise<void>;
}

/** What a kept child needs beside its command. */
export interface KeptOptions {
  /** Where it lives. Should this process die, the folder goes with the child; otherwise it stays. */
  readonly folder: string;
  /** The file that takes what it writes to standard output and error. */
  readonly output: string;
}

/*
 * The watcher sits in the same process group and reads a pipe of which only we hold the other end. However we end, the
 * system closes our end: then the watcher kills the program, clears up and ends the group. A line in the pipe tells it
 * that the program has ended by itself, and that there is nothing to watch any more. `exec` keeps pid, signals and exit
 * code those of the program. The limit on open files goes as high as the system lets it.
 */
const script = `
ulimit -c 0
ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"
folder=$1
shift
( read -r ended <&3 && exit; kill -KILL $$; rm -rf "$folder"; kill -KILL 0 ) >/dev/null 2>&1 &
exec "$@" 3<&-
`;

/**
 * Starts a program, in UTC, that dies with this process, even if this process is killed.
 *
 * @throws Error when there is no shell to start it; a program that ends at once shows in `exited`
 */
export async function keepChild(
  command: CommandPrefix,
  args: readonly string[],
  { folder, output }: KeptOptions,
): Promise<KeptChild> {
  const log = openSync(output, 'a');
  const child = spawn('sh', ['-c', script, 'sh', folder, ...command, ...args], {
    cwd: folder,
    env: { ...process.env, TZ: 'UTC0' },
    stdio: ['ignore', log, log, 'pipe'],
    detached: true,
  });
  closeSync(log);
  const lifeline = child.stdio[3];
  // A watcher that went down with its group is no news.
  lifeline?.on('error', () => undefined);
  const pid = await started(child);
  let running = true;
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      running = false;
      if (lifeline instanceof Writable) lifeline.end('ended\n');
      resolve(code);
    });
  });
  return {
    pid,
    exited,
    running: () => running,
    async kill() {
      if (running) killGroup(pid);
      await exited;
    },
  };
}

function started(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? 0));
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!gone) throw error;
  }
}
