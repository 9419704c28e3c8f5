import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { listOf, messagesOf, objectOf, testCli } from './test-cli.ts';

const cli = await testCli();
beforeAll(async () => {
  await cli.run(['account', 'create', '--name', 'acme']);
});

const ADD = ['pbx', 'add', '--account', 'acme', '--name', 'main', '--driver', 'asterisk-ami'];
const WHOLE = ['--set', 'host=pbx.example.net', '--set', 'username=u', '--set', 'secret=hunter2'];

const WRONG: readonly (readonly [what: string, args: readonly string[], message: RegExp])[] = [
  ['unknown command', ['acount', 'list'], /^unknown command 'acount' \(Did you mean account\?\)$/],
  ['unknown subcommand', ['key', 'creat'], /^unknown command 'creat' \(Did you mean create\?\)$/],
  [
    'unknown option',
    ['key', 'create', '--account', 'acme', '--lable', 'x'],
    /^unknown option '--lable' \(Did you mean --label\?\)$/,
  ],
  ['missing option', ['account', 'create'], /^required option '--name <name>' not specified$/],
  ['missing argument', ['show'], /^missing required argument 'request_id'$/],
  ['argument too many', ['account', 'list', 'acme'], /^too many arguments/],
  [
    'account name of signs',
    ['account', 'create', '--name', '!!!'],
    /^name can not be "!!!"; give 1 to 80 letters or digits\.$/,
  ],
  [
    'account name in use',
    ['account', 'create', '--name', 'ACME'],
    /^There is an account acme already; give another name\.$/,
  ],
  ['no such account', ['key', 'list', '--account', 'amce'], /^There is no account "amce"; there are acme\.$/],
  [
    'label of control',
    ['key', 'create', '--account', 'acme', '--label', 'a\tb'],
    /^--label has over 80 characters, or one of control/,
  ],
  [
    'no such key',
    ['key', 'revoke', '--account', 'acme', 'c2c_nobody'],
    /^The account has no such key; click2call key list/,
  ],
  [
    'no such driver',
    [...ADD.slice(0, -1), 'asterisk'],
    /^driver can not be "asterisk"; give one of asterisk-ami/,
  ],
  [
    'setting without value',
    [...ADD, '--set', 'hunter2'],
    /^--set needs a name, = and a value, such as --set host=pbx\.example\.net$/,
  ],
  [
    'setting given twice',
    [...ADD, ...WHOLE, '--set', 'host=b'],
    /^The setting host is given twice; give it once\.$/,
  ],
  [
    'unknown setting',
    [...ADD, ...WHOLE, '--set', 'prot=1'],
    /^"prot" is no setting of asterisk-ami; did you mean port\?$/,
  ],
  [
    'wrong setting',
    [...ADD, ...WHOLE, '--set', 'port=x'],
    /^port can not be "x"; give a whole number from 1 to 65535\./,
  ],
  ['no such file', [...ADD, '--set-from', 'secret=/nowhere'], /^--set-from: ENOENT/],
  [
    'PBX named after another kind',
    [...ADD.with(5, 'switchvox'), ...WHOLE],
    /^name can not be switchvox, which is another kind/,
  ],
  [
    'no such PBX',
    ['pbx', 'examine', '--account', 'acme', '--name', 'x'],
    /^The account has no PBX "x"; add one with: click2call pbx add\.$/,
  ],
  ['no such journal', ['replay', '/nowhere'], /^FILE can not be read: ENOENT/],
  ['request_id that is none', ['show', '42'], /^The request_id must be one as answers have them/],
];

test.each(WRONG)('%s', async (_what, args, message) => {
  const [plain, json] = await Promise.all([cli.run(args), cli.run([...args, '--json'])]);
  expect(plain).toMatchObject({ code: 2, stdout: '' });
  expect(plain.stderr).toMatch(/^error: [^\n]+\n$/);
  expect(plain.stderr.slice('error: '.length, -1)).toMatch(message);
  expect(plain.stderr).not.toContain('hunter2');

  expect(json).toMatchObject({ code: 2, stdout: '' });
  expect(messagesOf(json.stderr)).toEqual([expect.stringMatching(message)]);
});

test('several faults are told at once', async () => {
  const { code, stderr } = await cli.run([...ADD, '--set', 'port=0', '--set', 'tls=maybe', '--json']);
  expect(code).toBe(2);
  expect(messagesOf(stderr).map((message) => message.split(' ')[0])).toEqual([
    'host',
    'port',
    'username',
    'secret',
    'tls',
  ]);
});

test('a misspelt C2C_ name stops every command that would have heeded it, and suggests the right one', async () => {
  const env = { C2C_PORT: '1', C2C_HTTP_PROT: '1' };
  for (const args of [['account', 'list'], ['serve']]) {
    const { code, stdout, stderr } = await cli.run(args, { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('error: C2C_HTTP_PROT is no setting; did you mean C2C_HTTP_PORT?\n');
    expect(stderr).toContain('error: C2C_PORT is no setting; ');
  }
});

test('config lists every setting with its value, masks secrets, and opens nothing', async () => {
  const env = {
    C2C_DATA_DIR: '/dev/null/x',
    C2C_HTTP_PORT: '81',
    C2C_DATABASE_URL: 'postgres://u:hunter2@db/c',
  };
  const text = await cli.run(['config'], { env });
  expect(text).toMatchObject({ code: 0, stderr: '' });
  expect(text.stdout).toContain('C2C_HOST = 127.0.0.1 (default)\n    Address to listen on.\n');
  expect(text.stdout).toContain('C2C_HTTP_PORT = 81 (default: 8080)\n');
  expect(text.stdout).toContain('C2C_DATABASE_URL = *** (default: none)\n');
  expect(text.stdout).not.toContain('hunter2');
  const json = await cli.run(['config', '--json'], { env });
  expect(listOf(json.stdout)).toContainEqual({
    name: 'C2C_HTTP_PORT',
    meaning: expect.any(String),
    default: '8080',
    value: '81',
  });

  const wrong = await cli.run(['config', '--json'], { env: { C2C_HTTP_PORT: 'http', C2C_NOPE: '1' } });
  expect(wrong.code).toBe(2);
  expect(listOf(wrong.stdout).length).toBeGreaterThan(10);
  expect(messagesOf(wrong.stderr)).toEqual([
    'C2C_NOPE is no setting; click2call config lists them',
    'C2C_HTTP_PORT can not be "http"; give a port from 0 to 65535.',
  ]);
});

test.each(['no-such.json', 'data/click2call.db'])(
  'where anybody may sign up, a template can not be a file, there or not: %s',
  async (name) => {
    const file = join(dirname(cli.dataDir), name);
    const args = ['--driver', 'http', '--set', `template=${file}`, '--set', 'host=pbx.example.net'];
    const add = ['pbx', 'add', '--account', 'acme', '--name', 'own', ...args, '--json'];
    const { code, stderr } = await cli.run(add, { env: { C2C_SIGNUP: 'open' } });
    expect(code).toBe(2);
    expect(messagesOf(stderr)).toEqual([
      expect.stringMatching(
        /^template can not be a file over the API, or where C2C_SIGNUP is open; give one of 3cx, .*\.$/,
      ),
    ]);
  },
);

test('a request that is not in the journal is no fault of the input', async () => {
  const { code, stderr } = await cli.run(['show', '019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77']);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'error: There is no request 019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77 in the journal.\n',
  });
});

test('a store or folder that can not be had is a failure, in words and without a stack', async () => {
  const file = join(dirname(cli.dataDir), 'file');
  await writeFile(file, 'x');
  const surroundings: readonly Record<string, string>[] = [
    { C2C_DATA_DIR: join(file, 'data') },
    { C2C_DATABASE_URL: 'postgres://127.0.0.1:1/none' },
  ];
  for (const env of surroundings) {
    const { code, stdout, stderr } = await cli.run(['account', 'list', '--json'], { env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(messagesOf(stderr)).toHaveLength(1);
    expect(stderr).not.toContain('.ts:');
  }
});

test('secrets sealed under another master key are told to be so', async () => {
  await cli.run([...ADD, ...WHOLE]);
  const env = { C2C_MASTER_KEY: Buffer.alloc(32, 7).toString('base64') };
  const { code, stderr } = await cli.run(['pbx', 'examine', '--account', 'acme', '--name', 'main'], { env });
  expect(code).toBe(1);
  expect(stderr).toContain('No master key that is here sealed this secret.');
});

test('a key that was found where it should not be can be revoked by itself, by nobody else', async () => {
  const { api_key, id } = objectOf((await cli.run(['key', 'create', '--account', 'acme', '--json'])).stdout);
  await cli.run(['account', 'create', '--name', 'other']);
  expect((await cli.run(['key', 'revoke', '--account', 'other', String(id)])).code).toBe(2);
  expect((await cli.run(['key', 'revoke', '--account', 'other', String(api_key)])).code).toBe(2);
  const revoked = await cli.run(['key', 'revoke', '--account', 'acme', String(api_key), '--json']);
  expect(objectOf(revoked.stdout)).toMatchObject({ id });
});
