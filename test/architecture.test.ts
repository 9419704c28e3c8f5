import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** ARCHITECTURE.md is true: its tables are read here, and every import is held against them. */
const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

/** The rows of the table whose first column is headed so. */
function table(heading: string): string[][] {
  const lines = page.split('\n');
  const header = lines.findIndex((line) => new RegExp(`^\\| ${heading} *\\|`).test(line));
  const rows = lines.slice(header + 2);
  return rows
    .slice(
      0,
      rows.findIndex((row) => !row.startsWith('|')),
    )
    .map((row) => row.split('|').slice(1, -1));
}

function names(cell: string | undefined): string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
}

const rooms = table('Folder').map(([folder, , may]) => ({
  name: names(folder)[0] ?? '',
  may: names(may),
}));
const places = table('What').map(([what, where]) => ({
  what: names(what)[0] ?? '',
  where: names(where),
}));
const files = globSync(['contract/**/*.ts', 'src/**/*.ts', 'console/**/*.{ts,tsx}', 'widget/*.ts'], {
  cwd: root,
}).filter((file) => !/(\.test|\/test-[a-z-]+)\.tsx?$/.test(file));

/** The innermost room that a file stands in. */
function roomOf(file: string): string {
  const within = rooms.filter(({ name }) => file === name || file.startsWith(`${name}/`));
  return within.sort((a, b) => b.name.length - a.name.length)[0]?.name ?? '';
}

/** The room of what is no code of ours: `package.json`. */
const NO_ROOM = '';

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function importsOf(file: string): string[] {
  return [...read(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

describe('ARCHITECTURE.md', () => {
  it('names every room once, and no room that is not there', () => {
    expect(rooms.map(({ name }) => name)).toEqual([...new Set(rooms.map(({ name }) => name))]);
    expect(files.filter((file) => roomOf(file) === '')).toEqual([]);
    expect(
      rooms.filter(({ name }) => !files.some((file) => roomOf(file) === name)).map(({ name }) => name),
    ).toEqual([]);
  });

  it('allows every import that crosses rooms', () => {
    const forbidden = files.flatMap((file) =>
      importsOf(file)
        .filter((path) => path.startsWith('.'))
        .map((path) => roomOf(normalize(join(dirname(file), path))))
        .filter((target) => ![roomOf(file), 'src/kit', NO_ROOM].includes(target))
        .filter((target) => !(rooms.find(({ name }) => name === roomOf(file))?.may.includes(target) ?? false))
        .map((target) => `${file} → ${target}`),
    );
    expect(forbidden).toEqual([]);
  });

  it('allows no import that nobody makes', () => {
    const unused = rooms.flatMap(({ name, may }) => {
      const made = files
        .filter((file) => roomOf(file) === name)
        .flatMap((file) => importsOf(file).map((path) => roomOf(normalize(join(dirname(file), path)))));
      return may.filter((target) => !made.includes(target)).map((target) => `${name} → ${target}`);
    });
    expect(unused).toEqual([]);
  });

  it('keeps each library, the environment, the clock and chance in their places', () => {
    const astray = places.flatMap(({ what, where }) =>
      files
        .filter((file) =>
          /^[a-z]/.test(what) && !what.startsWith('process') && !what.startsWith('random')
            ? importsOf(file).some((path) => path === what || path.startsWith(`${what}/`))
            : read(file).includes(what),
        )
        .filter((file) => !where.some((place) => file === place || file.startsWith(`${place}/`)))
        .map((file) => `${file}: ${what}`),
    );
    expect(astray).toEqual([]);
  });

  it('is right that calls are pure', () => {
    const impure = files
      .filter((file) => file.startsWith('src/calls/'))
      .filter((file) => /\basync\b|\bawait\b|Promise|from 'node:/.test(read(file)));
    expect(impure).toEqual([]);
  });

  it('is right about the files that it names', () => {
    const named = [
      ...page.matchAll(/\b((?:http|access|calls|control|pbx|switchboard|test)\/[a-z0-9/-]+\.ts)\b/g),
    ].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(5);
    const missing = named.filter((name) => globSync([`src/${name}`, name], { cwd: root }).length === 0);
    expect(missing).toEqual([]);
  });
});
