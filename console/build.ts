import { execFile } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const home = join(import.meta.dirname, '..');
const PROGRAMS = ['console', 'widget'];
const BUILT = ['dist/console/index.html', 'dist/widget/v1.js'];
const SOURCES = [
  'console/**/*.{ts,tsx,css,html,svg,json}',
  'widget/*.{ts,css}',
  'contract/**/*.ts',
  'src/{ladder,kit}/*.ts',
  'package-lock.json',
];
const VITE = join(home, 'node_modules/vite/bin/vite.js');

/**
 * Builds what browsers load, the console and the widget, into `dist`, unless what is there is younger than all that it is made
 * of. In processes of their own: whoever asks may be a test, and what is built is what users get.
 */
export async function buildConsole({ always = false } = {}): Promise<void> {
  const oldest = Math.min(...BUILT.map((file) => changed(join(home, file))));
  if (!always && newest(SOURCES) < oldest) return;
  for (const program of PROGRAMS)
    await promisify(execFile)(process.execPath, [VITE, 'build', program, '--logLevel', 'warn'], {
      cwd: home,
      env: { NODE_ENV: 'production' },
    });
}

/** When the youngest of them was changed. */
function newest(patterns: readonly string[]): number {
  const files = globSync(patterns, { cwd: home }).filter((file) => !/\.test\.tsx?$/.test(file));
  return Math.max(...files.map((file) => changed(join(home, file))));
}

/** In ms since 1970; 0 where there is no such file. */
function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

if (import.meta.main) await buildConsole({ always: process.argv.includes('--always') });
