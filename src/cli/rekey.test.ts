import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createKey } from '../access/keys.ts';
import { openParts, startServer, type Parts } from '../app.ts';
import { readConfig } from '../config/config.ts';
import { masterKeyIdOf } from '../kit/seal.ts';
import { startAmiSandbox } from '../pbx/sandbox/ami/ami-sandbox.ts';
import { objectOf, testCli } from './test-cli.ts';

/** Enough that a kill comes in the middle. */
const MANY = 1_000;
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const KEY_LINE = /^[A-Za-z0-9_-]{43}$|^[A-Za-z0-9+/]{43}=$/;

/** An installation in this process, with an account of so many PBXs, beside which commands run. */
async function installation(count = 10) {
  const dataDir = await mkdtemp(join(tmpdir(), 'c2c-rekey-'));
  const env = { C2C_DATA_DIR: dataDir, C2C_HTTP_PORT: '0', C2C_LOG_LEVEL: 'silent' };
  const parts = await openParts(readConfig(env));
  onTestFinished(async () => {
    await parts.close();
    await rm(dataDir, { recursive: true });
  });
  const account = await parts.directory.createAccount('Acme');
  const add = (name: string) =>
    parts.directory.addPbx(account.id, name, 'asterisk-ami', {
      host: '127.0.0.1',
      username: 'u',
      secret: `secret of ${name}`,
    });
  await Promise.all(Array.from({ length: count }, (_, index) => add(`pbx-${index}`)));
  const rekey = () =>
    spawn(process.execPath, [MAIN, 'rekey', '--json'], { env: { ...env, C2C_LOG_LEVEL: 'error' } });
  const keyLines = async () => (await readFile(join(dataDir, 'master.key'), 'utf8')).trim().split('\n');
  return { parts, account, add, rekey, keyLines };
}

async function secretsOf(parts: Parts, tenantId: string): Promise<ReadonlySet<string>> {
  const pbxs = await parts.directory.pbxsOf(tenantId);
  return new Set(
    pbxs.map((pbx) => {
      expect(parts.directory.settingsOf(pbx)['secret']).toBe(`secret of ${pbx.name}`);
      return masterKeyIdOf(pbx.sealed);
    }),
  );
}

test('rekey, killed again and again beside a process that reads and adds, loses no secret', async () => {
  const { parts, account, add, rekey, keyLines } = await installation(MANY);
  const [first] = await secretsOf(parts, account.id);
  const resealed = async () =>
    (await parts.store.directory.sealedTexts()).filter(({ sealed }) => masterKeyIdOf(sealed) !== first)
      .length;
  const killedAt: number[] = [];
  for (const share of [0, 0.05, 0.3]) {
    const child = rekey();
    // It has just put a new key into the file, or found one that was put there.
    await once(child.stderr, 'data');
    await expect.poll(resealed, { interval: 1, timeout: 20_000 }).toBeGreaterThanOrEqual(share * MANY);
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await secretsOf(parts, account.id);
    killedAt.push(await resealed());
    await add(`after ${share}`);
  }
  expect(killedAt.filter((count) => count > 0 && count < MANY)).not.toEqual([]);
  const [code] = (await once(rekey(), 'exit')) as [number];
  expect(code).toBe(0);
  const [last, ...more] = await secretsOf(parts, account.id);
  expect(more).toEqual([]);
  expect(last).not.toBe(first);
  const lines = await keyLines();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(KEY_LINE);
  await add('last');
  expect(await parts.directory.pbxsOf(account.id)).toHaveLength(MANY + 4);
});

test('two rekeys at once end with one key, and all secrets readable', async () => {
  const { parts, account, rekey, keyLines } = await installation();
  const ends = await Promise.all(
    [rekey(), rekey()].map(async (child) => (await once(child, 'exit'))[0] as number),
  );
  expect(ends).toEqual([0, 0]);
  await secretsOf(parts, account.id);
  expect(await keyLines()).toHaveLength(1);
});

test('a server that runs makes calls through it', async () => {
  const pbx = await startAmiSandbox({ username: 'c2c', secret: 'secret of box', pace: 0.05 });
  onTestFinished(() => pbx.close());
  const { parts, account, rekey } = await installation();
  const box = { host: pbx.host, port: String(pbx.port), username: 'c2c', secret: 'secret of box' };
  await parts.directory.addPbx(account.id, 'box', 'asterisk-ami', box);
  const { key } = await createKey(parts.store.keys, parts.clock, account.id, 'test');
  const server = await startServer(parts);
  onTestFinished(() => server.close());
  const click = async (second: string) => {
    const query = new URLSearchParams({ dial_first: '101', dial_second: second, pbx: 'box', api_key: key });
    return objectOf(await (await fetch(`${server.urls[0]}/c2c/v2?${query}`)).text());
  };
  expect(await once(rekey(), 'exit')).toEqual([0, null]);
  expect(await click('102')).toMatchObject({ response: { status: 'success' } });
});

test('rekey takes several keys out of the environment, and says which PBX it can not help', async () => {
  const cli = await testCli();
  const [old, fresh] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'));
  const run = (line: string, C2C_MASTER_KEY = old ?? '') =>
    cli.run(line.split(' '), { env: { C2C_MASTER_KEY } });
  await run('account create --name acme');
  const add = 'pbx add --account acme --driver asterisk-ami --set host=h --set username=u --set secret=s';
  await run(`${add} --name main`);
  expect(await run('rekey')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: .*holds one key; put/),
  });

  const done = await run('rekey', `${fresh},${old}`);
  expect(done).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Sealed 1 secret anew. Leave only the first'),
  });
  // A machine that has the old one alone is told, and stores nothing that others could not read.
  expect(await run(`${add} --name more`)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/is not here; copy it/),
  });

  const third = Buffer.alloc(32, 3).toString('base64');
  expect(await run('rekey', `${third},${old}`)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^error: The secrets of the PBX main of acme open with no master key that is here; remove/,
    ),
  });
  expect((await run('pbx list --account acme', `${third},${fresh}`)).code).toBe(0);
  expect((await run('rekey', `${third},${fresh}`)).code).toBe(0);
});

test('rekey opens what was sealed before keys had names', async () => {
  const { parts, account, rekey, keyLines } = await installation();
  const [office] = await parts.directory.pbxsOf(account.id);
  if (office === undefined) throw new Error('There are many.');
  const unnamed = office.sealed.replace(/^v2\.[^.]+/, 'v1');
  // Nothing in the product writes such a seal any more.
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(join(parts.config.dataDir, 'click2call.db'));
  database.prepare('update pbx set sealed = ? where id = ?').run(unnamed, office.id);
  database.close();
  expect(await once(rekey(), 'exit')).toEqual([0, null]);
  expect((await secretsOf(parts, account.id)).size).toBe(1);
  expect(await keyLines()).toHaveLength(1);
});
