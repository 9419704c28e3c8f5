import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real command line on a data folder of its own. All that it started is gone after the tests of the file. */
export interface TestCli {
  readonly dataDir: string;
  run(args: readonly string[], more?: { env?: Record<string, string>; input?: string }): Promise<Ran>;
  /** Runs a command until it ends or is told to. */
  start(args: readonly string[]): Running;
  /** Runs `serve` on a free port until it is stopped. */
  serve(args?: readonly string[], env?: Record<string, string>): Promise<Serving>;
}

export interface Running {
  /** The first group of the first match in what it prints. */
  printed(pattern: RegExp): Promise<string>;
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void;
  readonly ended: Promise<Ran>;
}

export interface Serving extends Omit<Running, 'printed'> {
  readonly url: string;
  stdout(): string;
  stderr(): string;
}

export async function testCli(): Promise<TestCli> {
  const folder = await mkdtemp(join(tmpdir(), 'c2c-cli-'));
  // Not there yet: making it is part of every first command.
  const dataDir = join(folder, 'data');
  const children = new Set<ChildProcess>();
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  const start = (args: readonly string[], env: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { PATH: process.env['PATH'] ?? '', C2C_DATA_DIR: dataDir, ...env },
    });
    children.add(child);
    return watch(child);
  };
  return {
    dataDir,
    run(args, { env, input } = {}) {
      const { child, ended } = start(args, env);
      child.stdin?.end(input ?? '');
      return ended;
    },
    start(args) {
      const { child, ended, printed } = start(args);
      child.stdin?.end();
      return { printed, ended, signal: (name) => void child.kill(name) };
    },
    async serve(args = [], env = {}) {
      const watched = start(['serve', ...args], { C2C_HTTP_PORT: '0', ...env });
      const url = await watched.printed(/listens on (\S+)/);
      return {
        url,
        stdout: () => watched.said.stdout,
        stderr: () => watched.said.stderr,
        signal: (name) => void watched.child.kill(name),
        ended: watched.ended,
      };
    },
  };
}

function watch(child: ChildProcess) {
  const said = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const ended = new Promise<Ran>((resolve) => {
    child.once('close', (code) => resolve({ code, ...said }));
  });
  /** The first group of the first match in stdout. */
  const printed = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(said.stdout)?.[1];
        if (found !== undefined) resolve(found);
      };
      child.stdout?.on('data', look);
      child.once('close', () => reject(new Error(`It ended: ${said.stdout}${said.stderr}`)));
      look();
    });
  return { child, said, ended, printed };
}

/** Words that hold no blanks. */
export function words(line: string): string[] {
  return line.split(' ');
}

/** A JSON object, as commands and answers print it. */
export type Json = Record<string, unknown>;

export function objectOf(text: string): Json {
  return JSON.parse(text) as Json;
}

export function listOf(text: string): Json[] {
  return JSON.parse(text) as Json[];
}

/** The messages of `{"errors":[{"message":…}]}`. */
export function messagesOf(stderr: string): string[] {
  const { errors } = JSON.parse(stderr) as { errors: { message: string }[] };
  return errors.map(({ message }) => message);
}
