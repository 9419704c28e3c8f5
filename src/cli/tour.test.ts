import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startAmiSandbox } from '../pbx/sandbox/ami/ami-sandbox.ts';
import { listOf, messagesOf, objectOf, testCli, words, type Json } from './test-cli.ts';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

const SECRET = 'an "odd" secret=with $signs';
const pbx = await startAmiSandbox({ pace: 0.05, secret: SECRET });
afterAll(() => pbx.close());
const cli = await testCli();

/** Each test is a station of one tour, on what the ones before it left. */
test('account create makes the data folder, the account and its name for the command line', async () => {
  const made = await cli.run(['account', 'create', '--name', 'Acme Löwen GmbH', '--json']);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(objectOf(made.stdout)).toEqual({
    account: 'acme-lowen-gmbh',
    name: 'Acme Löwen GmbH',
    id: expect.stringMatching(UUID),
    created_at: expect.stringMatching(TIME),
  });
  expect((await stat(join(cli.dataDir, 'master.key'))).mode & 0o777).toBe(0o600);
  await cli.run(['account', 'create', '--name', 'acme']);

  const listed = await cli.run(['account', 'list']);
  expect(listed.stdout).toMatch(
    /^ACCOUNT +NAME +CREATED\nacme-lowen-gmbh +Acme Löwen GmbH +\d{4}-.*\nacme +acme +/,
  );
  expect(listOf((await cli.run(['account', 'list', '--json'])).stdout)).toHaveLength(2);
});

test('key create shows the key once; key list never does', async () => {
  const { stdout } = await cli.run(['key', 'create', '--account', 'acme', '--label', 'crm', '--json']);
  const key = objectOf(stdout);
  expect(key).toMatchObject({
    api_key: expect.stringMatching(/^c2c_live_[0-9A-Za-z]{38}$/),
    label: 'crm',
    account: 'acme',
  });
  expect(String(key['api_key']).startsWith(String(key['prefix']))).toBe(true);

  const plain = await cli.run(['key', 'create', '--account', 'acme']);
  expect(plain.stdout).toMatch(/^c2c_live_[0-9A-Za-z]{38}\n$/);

  const keys = await cli.run(['key', 'list', '--account', 'acme', '--json']);
  expect(listOf(keys.stdout)).toMatchObject([
    { id: key['id'], prefix: key['prefix'], label: 'crm', last_used_at: null, revoked_at: null },
    { label: '' },
  ]);
  const all = keys.stdout + (await cli.run(['key', 'list', '--account', 'acme'])).stdout;
  expect(all).not.toContain(String(key['api_key']));
});

test('pbx add takes settings from options and files, and shows secrets nowhere', async () => {
  const file = join(cli.dataDir, 'username.txt');
  await writeFile(file, 'click2call\r\n');
  const added = await cli.run(
    [
      ...words('pbx add --account acme --name main --driver asterisk-ami'),
      ...words(`--set host=${pbx.host} --set port=${pbx.port}`),
      ...words(`--set-from username=${file} --set-from secret=- --json`),
    ],
    { input: `${SECRET}\n` },
  );
  expect(added).toMatchObject({ code: 0, stderr: '' });
  expect(objectOf(added.stdout)).toMatchObject({
    name: 'main',
    driver: 'asterisk-ami',
    kind: 'asterisk',
    settings: { host: pbx.host, port: pbx.port, username: 'click2call', secret: '***', preset: 'plain' },
  });
  const text = await cli.run(['pbx', 'list', '--account', 'acme']);
  expect(text.stdout).toMatch(
    /^main {2}\(asterisk-ami, added .*\n {2}host +127.0.0.1\n {2}port +\d+\n {2}username +click2call\n {2}secret +\*{3}\n$/,
  );
  const json = await cli.run(['pbx', 'list', '--account', 'acme', '--json']);
  expect(listOf(json.stdout)).toMatchObject([{ settings: { secret: '***' } }]);
  expect(added.stdout + text.stdout + json.stdout).not.toContain(SECRET);
});

test('pbx examine tells each finding, and fails where one is an error', async () => {
  const well = await cli.run(['pbx', 'examine', '--account', 'acme', '--name', 'MAIN', '--extension', '101']);
  expect(well.stderr).toBe('');
  expect(well.code).toBe(0);
  expect(well.stdout).toMatch(/^ok +reachable +127\.0\.0\.1:\d+ answers\.\nok +login /);

  const ill = await cli.run(['pbx', 'examine', '--account', 'acme', '--name', 'main', '--extension', '999']);
  expect(ill.code).toBe(1);
  expect(ill.stdout).toMatch(/^ERROR +extension +The PBX has no PJSIP endpoint 999\.\n +Check its name/m);
  expect(ill.stderr).toBe('error: The PBX has no PJSIP endpoint 999.\n');

  const json = await cli.run([
    'pbx',
    'examine',
    '--account',
    'acme',
    '--name',
    'main',
    '--extension',
    '999',
    '--json',
  ]);
  expect(listOf(json.stdout).at(-1)).toMatchObject({
    check: 'extension',
    level: 'error',
    remedy: expect.any(String),
  });
  expect(messagesOf(json.stderr)).toEqual(['The PBX has no PJSIP endpoint 999.']);
});

test('call rings, says so, and show has every step of it', async () => {
  const before = pbx.calls().length;
  const called = await cli.run([
    ...words('call --account acme --first 101 --second'),
    '1 (212) 555-0123',
    ...words('--as 201 --timeout 20 --pbx main --no-wait'),
  ]);
  expect(called).toMatchObject({ code: 0, stderr: '' });
  expect(called.stdout).toMatch(/^success: the PBX took the order\n/);
  expect(pbx.calls()).toHaveLength(before + 1);

  const id = UUID.exec(called.stdout)?.[0] ?? '';
  const shown = await cli.run(['show', id, '--journal']);
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toMatch(
    new RegExp(
      `^Request +${id}\nOutcome +accepted\nCall +\\w.*\nAccount +acme\nAsked by +the command line\nPBX +main\nNumbers +101 → 12125550123\nDial as +201\n`,
    ),
  );
  const steps = [...shown.stdout.matchAll(/^\d{4}-\S+\.\d{6}Z .*?(asked|sent|received|answered|told)/gm)].map(
    (step) => step[1],
  );
  expect(steps[0]).toBe('asked');
  expect(steps.slice(steps.lastIndexOf('sent'))).toEqual(
    expect.arrayContaining(['received', 'answered', 'told']),
  );
  expect(shown.stdout).toContain(
    "    click2call call --account acme --first 101 --second '1 (212) 555-0123' --as 201 --timeout 20 --pbx main --no-wait\n",
  );
  expect(shown.stdout).toMatch(/^ {4}Action: Originate\n(?: {4}.*\n)* {4}Channel: PJSIP\/101\n/m);

  const json = objectOf((await cli.run(['show', id.toUpperCase(), '--json'])).stdout);
  expect(json).toMatchObject({
    request_id: id,
    outcome: 'accepted',
    account: 'acme',
    key: null,
    pbx: 'main',
    dial_as: '201',
  });
  expect(json).toMatchObject({
    driver: 'asterisk-ami',
    settings: { host: pbx.host, username: 'click2call' },
  });
  expect(JSON.stringify(json)).not.toContain(JSON.stringify(SECRET).slice(1, -1));
  const journal = json['journal'] as Json[];
  expect(journal[0]).toMatchObject({
    at: expect.stringMatching(TIME),
    kind: 'request',
    data: { method: 'CLI', data: { dial_first: '101' } },
  });
  const holds = (kind: string, data: Json) =>
    expect(journal).toContainEqual(expect.objectContaining({ kind, data: expect.objectContaining(data) }));
  holds('sent', { raw: expect.stringContaining('Action: Originate') });
  holds('received', { raw: expect.stringContaining('Originate successfully queued') });
  holds('answer', { outcome: 'accepted' });
  holds('event', { type: 'call.accepted' });

  const drawn = await cli.run(['show', id]);
  expect(drawn.stdout).toContain('│───────── Originate PJSIP/101 ────────▶│');
  expect(Math.max(...drawn.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('a call that the PBX refuses exits with 1, one that we refuse with 2; both are journaled', async () => {
  const refused = await cli.run(['call', '--account', 'acme', '--first', '101', '--second', '404', '--json']);
  expect(refused.code).toBe(1);
  const answer = objectOf(refused.stdout);
  expect(answer).toMatchObject({ status: 'fail', outcome: 'failed', method: 'asterisk.call' });
  expect(answer['errors']).toMatchObject([
    { code: 'extension_unknown', pbx_message: 'Extension does not exist.' },
  ]);
  expect(messagesOf(refused.stderr)).toEqual([expect.stringMatching(/^Extension does not exist\. .*404/)]);

  const wrong = await cli.run([
    'call',
    '--account',
    'acme',
    '--first',
    '1\u001b[31m',
    '--second',
    '102',
    '--timeout',
    '0',
  ]);
  expect(wrong.code).toBe(2);
  expect(wrong.stdout).toMatch(/^fail: no PBX was asked\n/);
  expect(wrong.stderr).toMatch(
    /^error: dial_first .*\nerror: timeout is "0"; give whole seconds from 1 to 600\.\n$/,
  );
  const shown = await cli.run(['show', UUID.exec(wrong.stdout)?.[0] ?? '']);
  expect(shown.stdout).toMatch(/^Outcome +refused$/m);
  // What was typed is shown, and not obeyed by the terminal.
  expect(shown.stdout).toContain(String.raw`'1\u{1b}[31m'`);
  expect(shown.stdout).not.toContain('\u001b');
});

test('pbx remove takes the PBX away', async () => {
  expect(await cli.run(['pbx', 'remove', '--account', 'acme', '--name', 'main'])).toMatchObject({
    code: 0,
    stdout: 'Removed the PBX main.\n',
  });
  expect(await cli.run(['pbx', 'list', '--account', 'acme', '--json'])).toMatchObject({
    code: 0,
    stdout: '[]\n',
  });
  const call = await cli.run(['call', '--account', 'acme', '--first', '101', '--second', '102']);
  expect(call.code).toBe(2);
  expect(call.stderr).toContain('add one with: click2call pbx add');
});

test("pbx settings and pbx guide tell a driver's own words, without any data", async () => {
  const env = { C2C_DATA_DIR: '/dev/null/nowhere' };
  const settings = await cli.run(['pbx', 'settings', '--driver', 'asterisk-ami'], { env });
  expect(settings.stdout).toContain('port  (whole number from 1 to 65535; default 5038)\n');
  expect(settings.stdout).toContain('secret  (required; text; secret: sealed at rest, shown nowhere)\n');
  expect(settings.stdout).toMatch(/^preset=freepbx brings along\n {4}first_channel=Local/m);
  const json = objectOf(
    (await cli.run(['pbx', 'settings', '--driver', 'asterisk-ami', '--json'], { env })).stdout,
  );
  expect(json).toMatchObject({ driver: 'asterisk-ami', kind: 'asterisk' });
  expect((await cli.run(['pbx', 'guide', '--driver', 'asterisk-ami'], { env })).code).toBe(0);
});
