import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig, type Config } from './config.ts';
import { addMasterKey, dropMasterKeys, masterKeysOf } from './master-key.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'c2c-key-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

async function freshConfig(): Promise<Config> {
  return readConfig({ C2C_DATA_DIR: await folder() });
}

const TEN = Array.from({ length: 10 });

describe('the master keys', () => {
  it('begin with one, for its owner alone, also when several start at once', async () => {
    const config = await freshConfig();
    const keys = await Promise.all(TEN.map(async () => (await masterKeysOf(config))()));
    expect(new Set(keys.map((each) => each.map((key) => key.toString('hex')).join())).size).toBe(1);
    const path = join(config.dataDir, 'master.key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(keys[0]).toEqual([Buffer.from((await readFile(path, 'utf8')).trim(), 'base64')]);
    expect(keys[0]?.[0]).toHaveLength(32);
  });

  it('are not taken from a file that others can read, or that holds something else', async () => {
    const path = join(await folder(), 'key');
    const config = readConfig({ C2C_MASTER_KEY_FILE: path });
    const good = Buffer.alloc(32, 1).toString('base64');
    await writeFile(path, good, { mode: 0o644 });
    await expect(masterKeysOf(config)).rejects.toThrow(/chmod 600/);
    await rm(path);
    for (const text of ['', 'too short', `${good}\nand a remark`]) {
      await writeFile(path, text, { mode: 0o600 });
      await expect(masterKeysOf(config)).rejects.toThrow(/32 bytes/);
    }
  });

  it('may come from the environment, several with commas', async () => {
    const [one, two] = [Buffer.alloc(32, 9), Buffer.alloc(32, 8)];
    const C2C_MASTER_KEY = `${one.toString('base64')},${two.toString('base64url')}`;
    expect((await masterKeysOf(readConfig({ C2C_MASTER_KEY })))()).toEqual([one, two]);
  });
});

describe('a change of the master key', () => {
  it('puts a new key before the old one, which goes when it is finished; whoever reads sees both steps', async () => {
    const config = await freshConfig();
    const read = await masterKeysOf(config);
    const [old] = read();
    expect(await addMasterKey(config)).toBe(true);
    expect(read()).toEqual([expect.any(Buffer), old]);
    const [fresh] = read();
    await dropMasterKeys(config, [old ?? Buffer.alloc(0)]);
    expect(read()).toEqual([fresh]);
    expect(await readdir(config.dataDir)).toEqual(['master.key']);
    expect((await stat(join(config.dataDir, 'master.key'))).mode & 0o777).toBe(0o600);
  });

  it('is one, also when several begin it at once or one was cut off', async () => {
    const config = await freshConfig();
    const read = await masterKeysOf(config);
    await Promise.all(TEN.map(() => addMasterKey(config)));
    expect(read()).toHaveLength(2);
    expect(await addMasterKey(config)).toBe(false);
    expect(read()).toHaveLength(2);
  });

  it('makes another key where the last change was killed after its last step', async () => {
    const config = await freshConfig();
    const read = await masterKeysOf(config);
    await writeFile(
      join(config.dataDir, 'master.key.new'),
      await readFile(join(config.dataDir, 'master.key')),
      {
        mode: 0o600,
      },
    );
    expect(await addMasterKey(config)).toBe(true);
    expect(read()).toHaveLength(2);
  });

  it('keeps a key that somebody added meanwhile', async () => {
    const config = await freshConfig();
    const read = await masterKeysOf(config);
    const [old] = read();
    await addMasterKey(config);
    const path = join(config.dataDir, 'master.key');
    const theirs = Buffer.alloc(32, 5);
    await writeFile(path, `${await readFile(path, 'utf8')}${theirs.toString('base64')}\n`);
    await dropMasterKeys(config, [old ?? Buffer.alloc(0)]);
    expect(read()).toEqual([expect.any(Buffer), theirs]);
  });
});
