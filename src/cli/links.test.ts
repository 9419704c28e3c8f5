import { beforeAll, expect, test } from 'vitest';
import { listOf, objectOf, testCli } from './test-cli.ts';

const cli = await testCli();
beforeAll(async () => {
  await cli.run(['account', 'create', '--name', 'acme']);
  const add =
    'pbx add --account acme --name main --driver asterisk-ami --set host=pbx.example.net --set username=u';
  await cli.run([...add.split(' '), '--set', 'secret=hunter2']);
});

const CREATE = ['link', 'create', '--account', 'acme', '--first', '101'];

test('a link is made, shown this once, listed, and revoked by its id or itself', async () => {
  const env = { C2C_PUBLIC_URL: 'https://calls.example.net' };
  const made = await cli.run([...CREATE, '--second', '+1 555 123-4567', '--uses', '3', '--json'], { env });
  const link = objectOf(made.stdout);
  expect(link).toMatchObject({
    url: expect.stringMatching(/^https:\/\/calls\.example\.net\/l\/[0-9A-Za-z]{32}$/),
    dial_first: '101',
    dial_second: '+15551234567',
    uses: 3,
    made_by: null,
  });
  const plain = await cli.run([...CREATE, '--second', '102', '--expires', '7d']);
  expect(plain.stdout).toMatch(/^http:\/\/127\.0\.0\.1:8080\/l\/[0-9A-Za-z]{32}\n$/);

  const listed = await cli.run(['link', 'list', '--account', 'acme']);
  expect(listed.stdout).toContain('101 → +15551234567');
  expect(listed.stdout).toContain('0 of 3');
  expect(listed.stdout).not.toContain(String(link['url']).slice(-32));

  const byId = await cli.run(['link', 'revoke', '--account', 'acme', String(link['id']), '--json']);
  expect(objectOf(byId.stdout)).toMatchObject({ id: link['id'], revoked_at: expect.any(String) });
  expect((await cli.run(['link', 'revoke', '--account', 'acme', plain.stdout.trim()])).code).toBe(0);
  const links = listOf((await cli.run(['link', 'list', '--account', 'acme', '--json'])).stdout);
  expect(links.filter(({ revoked_at }) => revoked_at === null)).toEqual([]);
});

test.each([
  [['--second', 'nobody at all'], /dial_second/],
  [['--second', '102', '--uses', 'all'], /--uses can not be "all"/],
  [['--second', '102', '--expires', 'soon'], /expires_at can not be "soon"/],
  [['--second', '102', '--pbx', 'nowhere'], /no PBX named "nowhere"/],
])('link create %j says what would be right', async (options, message) => {
  const { code, stderr } = await cli.run([...CREATE, ...options]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});
