import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A folder for one gateway's data. */
export interface RunFolder extends AsyncDisposable {
  readonly path: string;
}

/** Not in the folder for temporary files: that is memory on many machines, where an fsync costs nothing. */
export async function makeRunFolder(): Promise<RunFolder> {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'click2call');
  await mkdir(cache, { recursive: true });
  const path = await mkdtemp(join(cache, 'bench-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
