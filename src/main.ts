import { enableCompileCache } from 'node:module';
import { userInfo } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Terminal } from './cli/terminal.ts';

/** What a fault of ours exits with: EX_SOFTWARE of sysexits.h. */
const EXIT_FAULT = 70;
const EXIT_UNFINISHED = 1;
/** A Ctrl-C in `npm start` comes twice: from the terminal, and passed on by npm. */
const SAME_SIGNAL_MS = 500;

keepCompiled();
process.on('uncaughtException', (error) => {
  process.stderr.write(`error: A fault of ours: ${error.stack ?? String(error)}\n`);
  process.exit(EXIT_FAULT);
});
// Who reads us may leave when they have seen enough: `click2call account list | head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const terminal: Terminal = {
  argv: process.argv.slice(2),
  env: process.env,
  user: userName(),
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  readInput: () => text(process.stdin),
  stopRequested,
};
// Only now, so that what it imports comes out of the cache.
const { run } = await import('./cli/run.ts');
process.exitCode = await run(terminal);

/** Keeps compiled code beside the packages: a start takes half as long. Where it can't be written, nothing is lost. */
function keepCompiled(): void {
  const folder = fileURLToPath(new URL('../node_modules/.cache/click2call', import.meta.url));
  enableCompileCache(folder);
  // The store's thread has a cache of its own, and looks for it here.
  process.env['NODE_COMPILE_CACHE'] ??= folder;
}

/** A container may run under a number that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}

/** Resolves at the first SIGINT or SIGTERM. The next one ends the process at once, whatever is under way. */
function stopRequested(): Promise<string> {
  return new Promise((resolve) => {
    let isSame = true;
    const hear = (signal: string) => {
      resolve(signal);
      setTimeout(() => (isSame = false), SAME_SIGNAL_MS).unref();
      if (!isSame) process.exit(EXIT_UNFINISHED);
    };
    process.on('SIGINT', hear).on('SIGTERM', hear);
  });
}
