import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openParts, type Parts } from '../app.ts';
import { readConfig } from '../config/config.ts';

const TEMPLATE = {
  label: 'Ours',
  dial_as: 'none',
  call: { method: 'GET', path: '/call', query: { to: '{second}' }, success: { status: [200] } },
};

it('takes a template out of a file where sign-up is closed alone, and keeps it in use where it then opens', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'c2c-directory-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'ours.json');
  await writeFile(file, JSON.stringify(TEMPLATE));
  const given = { template: file, host: 'pbx.example.net' };
  const whileIt = async <Result>(signup: string, work: (parts: Parts) => Promise<Result>) => {
    const env = { C2C_DATA_DIR: join(folder, 'data'), C2C_SIGNUP: signup, C2C_LOG_LEVEL: 'error' };
    const parts = await openParts(readConfig(env));
    try {
      return await work(parts);
    } finally {
      await parts.close();
    }
  };

  const { id } = await whileIt('closed', async ({ directory }) => {
    const account = await directory.createAccount('acme');
    await directory.addPbx(account.id, 'ours', 'http', given);
    return account;
  });
  await whileIt('open', async ({ directory }) => {
    const refusal = expect.stringMatching(
      /^template can not be a file over the API, or where C2C_SIGNUP is open; give one of /,
    );
    await expect(directory.addPbx(id, 'more', 'http', given)).rejects.toMatchObject({ problems: [refusal] });
    const ours = await directory.pbx(id, 'ours');
    await expect(directory.changePbx(ours, given)).rejects.toMatchObject({ problems: [refusal] });
    expect(directory.settingsOf(ours)).toMatchObject(given);
  });
});

it('writes down who changed what of a PBX: new values, but of secrets only that they are new', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'c2c-directory-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const parts = await openParts(readConfig({ C2C_DATA_DIR: folder, C2C_LOG_LEVEL: 'error' }));
  onTestFinished(() => parts.close());
  const { id } = await parts.directory.createAccount('acme');
  const ann = parts.directory.as({ kind: 'key', name: 'key of Ann' });
  const given = { host: 'one.example.net', username: 'u', secret: 'canary-one', context: 'office' };
  const pbx = await ann.addPbx(id, 'main', 'asterisk-ami', given);
  const { context: _, ...fewer } = given;
  await ann.changePbx(pbx, { ...fewer, host: 'two.example.net', secret: 'canary-two' });
  await parts.directory.removePbx(id, 'main');

  const entries = (await parts.store.audit.newest(10, id)).toReversed();
  expect(entries.map(({ actorKind, action }) => `${actorKind} ${action}`)).toEqual([
    'system account.create',
    'key pbx.add',
    'key pbx.change',
    'system pbx.remove',
  ]);
  expect(JSON.parse(entries[2]?.detail ?? '')).toEqual({
    name: 'main',
    settings: { host: 'two.example.net', context: expect.anything() },
    secrets: ['secret'],
  });
  expect(JSON.stringify(entries)).not.toContain('canary');
});
