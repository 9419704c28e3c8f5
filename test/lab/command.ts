import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program and the arguments that come before its own. */
export type CommandPrefix = readonly [program: string, ...args: string[]];

/** What may be changed about the surroundings of a command. */
export interface RunOptions {
  readonly cwd?: string;
  /** Milliseconds until the command is killed; default two minutes. */
  readonly timeout?: number;
}

/**
 * Runs a program to its end, without a shell, with untranslated messages.
 *
 * @returns what it wrote to standard output
 * @throws Error with the command and the end of what it said, when it can't start or ends with another code than 0
 */
export function run(
  command: CommandPrefix,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const [program, ...first] = command;
  const settings = {
    timeout: options.timeout ?? 120_000,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  };
  return new Promise((resolve, reject) => {
    execFile(program, [...first, ...args], settings, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const said = `${stdout}\n${stderr}`.trim().slice(-2000);
      reject(
        new Error(`${[program, ...first, ...args].join(' ')}\nfailed: ${reason(error)}\n${said}`, {
          cause: error,
        }),
      );
    });
  });
}

/**
 * Tries `attempt` up to `times` times, with a growing pause between, since networks and apt fail spuriously.
 *
 * @throws whatever the last attempt threw
 */
export async function withRetries<T>(times: number, attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tried >= times) throw error;
      await sleep(2000 * tried);
    }
  }
}

function reason(error: Error & { code?: string | number | null; signal?: string | null }): string {
  if (error.code === 'ENOENT') return 'there is no such program on this machine';
  if (error.signal) return `killed by ${error.signal}`;
  return `exit code ${String(error.code)}`;
}
