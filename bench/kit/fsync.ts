import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './stats.ts';

const PAGE = Buffer.alloc(4096, 1);

/** The p50, in milliseconds, of appending one page and waiting until it is on the disk. */
export function fsyncMs(folder: string, times: number): number {
  const file = openSync(join(folder, 'fsync'), 'w');
  const latencies = Array.from({ length: times }, () => {
    writeSync(file, PAGE);
    const since = performance.now();
    fsyncSync(file);
    return performance.now() - since;
  });
  closeSync(file);
  return median(latencies);
}
