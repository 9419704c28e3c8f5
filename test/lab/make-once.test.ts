import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolderOnce } from './make-once.ts';

let beside: string;
let folder: string;

beforeEach(async () => {
  beside = await mkdtemp(join(tmpdir(), 'c2c-once-'));
  folder = join(beside, 'made');
});

afterEach(() => rm(beside, { recursive: true }));

it('makes the folder once, however many ask', async () => {
  let times = 0;
  const make = async (empty: string): Promise<void> => {
    times += 1;
    await sleep(50);
    await writeFile(join(empty, 'whole'), 'yes');
  };
  await Promise.all([
    makeFolderOnce(folder, make),
    makeFolderOnce(folder, make),
    makeFolderOnce(folder, make),
  ]);
  expect(times).toBe(1);
  expect(await readFile(join(folder, 'whole'), 'utf8')).toBe('yes');
});

it('takes nothing half-made for whole, and clears it away', async () => {
  await mkdir(`${folder}.part-abandoned`);
  const broken = makeFolderOnce(folder, async (empty) => {
    await writeFile(join(empty, 'half'), '');
    throw new Error('no network');
  });
  await expect(broken).rejects.toThrow('no network');
  expect(await readdir(beside)).toEqual([]);
  await makeFolderOnce(folder, () => Promise.resolve());
  expect(await readdir(beside)).toEqual(['made']);
});
