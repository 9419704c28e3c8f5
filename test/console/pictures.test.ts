import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PICTURES } from './picture-list.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'docs/pictures');
const BYTES_MAX = 1_500_000;

const names = PICTURES.map(({ name }) => name);
const files = readdirSync(folder);

/** The paths that the router has a page for. */
function routes(): string[] {
  const text = readFileSync(join(root, 'console/app/routes.tsx'), 'utf8');
  const paths = [...text.matchAll(/\b(?:path: |door\(|page\()'(\/[^']*)'/g)];
  return paths.map(([, path = '']) => path);
}

/** The names of the pictures that a page of the documentation shows. */
function shownIn(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/(?:\]\(|src=")(?:docs\/)?pictures\/([\w-]+)\.webp/g)].map(
    ([, name = '']) => name,
  );
}

describe('the pictures of the console', () => {
  it('are of every page of the router, and of none that it has not', () => {
    expect(routes().length).toBeGreaterThan(20);
    const pictured = new Set(PICTURES.flatMap(({ route }) => route ?? []));
    expect([...pictured].toSorted()).toEqual([...new Set(routes())].toSorted());
  });

  it('are in the folder as they are in the list, once each', () => {
    expect(files.toSorted()).toEqual(names.map((name) => `${name}.webp`).toSorted());
  });

  it('are shown, each of them once, and two of them where everybody begins to read', () => {
    expect(shownIn('docs/console.md').toSorted()).toEqual(names.toSorted());
    expect(shownIn('README.md')).toEqual(['call', 'calls']);
  });

  it('are in both lights and on a phone, and together no burden', () => {
    expect(PICTURES.filter(({ scheme }) => scheme === 'dark').length).toBeGreaterThanOrEqual(2);
    expect(PICTURES.filter(({ width }) => width === 390).length).toBeGreaterThanOrEqual(2);
    const bytes = files.map((file) => statSync(join(folder, file)).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(BYTES_MAX);
  });
});
