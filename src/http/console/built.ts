import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

interface BuiltFile {
  readonly type: string;
  readonly body: Buffer;
  /** The same, compressed when it was built. */
  readonly brotli: Buffer | undefined;
}

/** By their paths under /console/, with slashes. */
export type Built = ReadonlyMap<string, BuiltFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** All files of the built console; undefined where it is not built. */
export async function readBuilt(folder: string): Promise<Built | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const bodies = new Map(
    await Promise.all(
      paths.map(async (path) => [relative(folder, path).split(sep).join('/'), await readFile(path)] as const),
    ),
  );
  if (!bodies.has('index.html')) return undefined;
  const files = [...bodies].flatMap(([path, body]): [string, BuiltFile][] => {
    const type = TYPES[extname(path)];
    return type === undefined ? [] : [[path, { type, body, brotli: bodies.get(`${path}.br`) }]];
  });
  return new Map(files);
}
