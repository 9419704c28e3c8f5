import { beforeAll, expect, test } from 'vitest';
import { listOf, messagesOf, objectOf, testCli } from './test-cli.ts';

const cli = await testCli();
beforeAll(async () => {
  await cli.run(['account', 'create', '--name', 'acme']);
});

const CREATE = ['key', 'create', '--account', 'acme', '--json'];

test('key create takes limits, key list shows them, key rotate keeps them', async () => {
  const before = Date.now();
  const options =
    '--label crm --scope calls:create,calls:read --expires 30d --allow-first 1xx --allow-first alice --allow-as 101 ' +
    '--allow-to +49*,2xx --allow-ip 203.0.113.5,10.0.0.0/8 --per-minute 10 --at-once 2';
  const { stdout } = await cli.run([...CREATE, ...options.split(' ')]);
  const made = objectOf(stdout);
  const limits = {
    label: 'crm',
    kind: 'live',
    scopes: ['calls:create', 'calls:read'],
    allow_first: ['1xx', 'alice'],
    allow_as: ['101'],
    allow_to: ['+49*', '2xx'],
    allow_ip: ['203.0.113.5/32', '10.0.0.0/8'],
    allow_origin: null,
    per_minute: 10,
    at_once: 2,
  };
  expect(made).toMatchObject(limits);
  const days = (Date.parse(String(made['expires_at'])) - before) / 86_400_000;
  expect(days).toBeGreaterThan(29.9);
  expect(days).toBeLessThan(30.1);

  const listed = await cli.run(['key', 'list', '--account', 'acme']);
  expect(listed.stdout).toContain(
    'scopes=calls:create,calls:read allow_first=1xx,alice allow_as=101 allow_to=+49*,2xx',
  );

  const rotate = ['key', 'rotate', '--account', 'acme', '--json', String(made['api_key'])];
  const fresh = objectOf((await cli.run([...rotate, '--overlap', '2h', '--expires', '60d'])).stdout);
  expect(fresh).toMatchObject(limits);
  expect(fresh['api_key']).not.toBe(made['api_key']);
  const keys = listOf((await cli.run(['key', 'list', '--account', 'acme', '--json'])).stdout);
  const hours = (Date.parse(String(keys[0]?.['expires_at'])) - before) / 3_600_000;
  expect(hours).toBeGreaterThan(1.9);
  expect(hours).toBeLessThan(2.1);
  expect(keys[1]).toMatchObject({ id: fresh['id'], ...limits });

  const audit = await cli.run(['audit', 'list', '--account', 'acme', '--json']);
  expect(audit.stdout).toContain('"action":"key.rotate"');
  expect(audit.stdout).not.toContain(String(made['api_key']).slice(9));
});

test('a key for pages, and one for the box, say so', async () => {
  const page = await cli.run([...CREATE, '--publishable', '--allow-origin', 'https://www.example.net/']);
  expect(objectOf(page.stdout)).toMatchObject({
    api_key: expect.stringMatching(/^c2c_pub_/),
    kind: 'publishable',
    scopes: ['calls:create', 'calls:read', 'calls:end'],
    allow_origin: ['https://www.example.net'],
  });
  const box = await cli.run([...CREATE, '--test']);
  expect(objectOf(box.stdout)).toMatchObject({ api_key: expect.stringMatching(/^c2c_test_/), kind: 'test' });
});

test.each([
  [['--publishable'], /^allow_origin is missing/],
  [['--publishable', '--test'], /^--publishable and --test are two kinds/],
  [['--scope', 'calls:make'], /^scopes can not have "calls:make"/],
  [['--allow-to', '+4[49]'], /^allow_to can not be "\+4\[49\]"; give a number/],
  [['--allow-ip', 'office'], /^allow_ip can not have "office"; give an address or a range/],
  [['--expires', 'soon'], /^expires_at can not be "soon"; give a time to come/],
  [['--per-minute', 'many'], /^--per-minute can not be "many"; give a whole number/],
])('key create %j says what would be right', async (options, message) => {
  const { code, stderr } = await cli.run([...CREATE, ...options]);
  expect(code).toBe(2);
  expect(messagesOf(stderr)[0]).toMatch(message);
});

test('a dead key is not rotated, and no time is made up', async () => {
  const made = objectOf((await cli.run(CREATE)).stdout);
  const id = String(made['id']);
  const wrong = await cli.run(['key', 'rotate', '--account', 'acme', '--overlap', 'long', id]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--overlap can not be "long"')]);
  await cli.run(['key', 'revoke', '--account', 'acme', id]);
  expect((await cli.run(['key', 'rotate', '--account', 'acme', id])).code).toBe(1);
});
