import { expect, test } from 'vitest';
import { listOf, objectOf, testCli } from './test-cli.ts';

const cli = await testCli();
await cli.run(['account', 'create', '--name', 'acme']);

const ANN = ['--account', 'acme', '--email', 'Ann@example.net'];
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

async function logIn(url: string, given: object): Promise<{ status: number; cookie: string }> {
  const response = await fetch(`${url}/v3/sessions`, {
    method: 'POST',
    headers: SAME_ORIGIN,
    body: JSON.stringify(given),
  });
  return { status: response.status, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

test('user create makes somebody whose link logs them in, once, also where sign-up is closed', async () => {
  const server = await cli.serve();
  const made = await cli.run(['user', 'create', ...ANN, '--name', 'Ann', '--json'], {
    env: { C2C_PUBLIC_URL: server.url },
  });
  expect(made).toMatchObject({ code: 0, stderr: '' });
  const { link, ...person } = objectOf(made.stdout);
  expect(person).toMatchObject({ email: 'ann@example.net', name: 'Ann', role: 'owner', last_seen_at: null });
  const [page, token] = String(link).split('#');
  expect(page).toBe(`${server.url}/console/enter`);
  const { status, cookie } = await logIn(server.url, { token });
  expect(status).toBe(201);
  expect((await logIn(server.url, { token })).status).toBe(401);

  // Who came by a link has no password yet, and needs none to set one.
  const password = 'a sentence of some words';
  const set = await fetch(`${server.url}/v3/me`, {
    method: 'PATCH',
    headers: { ...SAME_ORIGIN, cookie },
    body: JSON.stringify({ password }),
  });
  expect(set.status).toBe(200);
  const entered = await logIn(server.url, { email: 'ann@example.net', password });
  expect(entered.status).toBe(201);

  const bob = ['--account', 'acme', '--email', 'bob@example.net'];
  const second = await cli.run(['user', 'create', ...bob, '--name', 'Bob', '--json']);
  expect(objectOf(second.stdout)).toMatchObject({ role: 'member' });
  const listed = await cli.run(['user', 'list', '--account', 'acme', '--json']);
  expect(listOf(listed.stdout)).toMatchObject([{ last_seen_at: expect.any(String) }, { last_seen_at: null }]);
  const again = await cli.run(['user', 'link', ...bob]);
  const bobs = await logIn(server.url, { token: again.stdout.trim().split('#')[1] });
  expect(bobs.status).toBe(201);

  expect((await cli.run(['user', 'remove', ...bob])).stdout).toBe('Removed bob@example.net from acme.\n');
  const gone = await fetch(`${server.url}/v3/me`, { headers: { cookie: bobs.cookie } });
  expect(gone.status).toBe(401);
  server.signal('SIGTERM');
  await server.ended;
});

test.each([
  [['create', ...ANN, '--name', 'Ann'], /ann@example\.net is a member of the account already/],
  [
    ['create', '--account', 'acme', '--email', 'nobody', '--name', 'N'],
    /email can not be "nobody"; give an e-mail/,
  ],
  [['create', '--account', 'acme', '--email', 'e@x.net', '--name', '\n'], /name can not be/],
  [
    ['create', '--account', 'acme', '--email', 'e@x.net', '--name', 'E', '--role', 'king'],
    /give one of owner, admin/,
  ],
  [
    ['link', '--account', 'acme', '--email', 'eve@example.net'],
    /nobody with the e-mail .*there are ann@example\.net/,
  ],
  [['remove', ...ANN], /the last owner of the account/],
])('user %j says what is wrong', async (args, says) => {
  const { code, stdout, stderr } = await cli.run(['user', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(says);
});

test('show says who has made a call in the console', async () => {
  const server = await cli.serve();
  const link = await cli.run(['user', 'link', ...ANN]);
  const { cookie } = await logIn(server.url, { token: link.stdout.trim().split('#')[1] });
  const response = await fetch(`${server.url}/v3/calls`, {
    method: 'POST',
    headers: { ...SAME_ORIGIN, cookie },
    body: JSON.stringify({ dial_first: '101', dial_second: '102' }),
  });
  const { call_id: id } = (await response.json()) as { call_id: string };
  expect((await cli.run(['show', id])).stdout).toMatch(/^Asked by +Ann <ann@example\.net>$/m);
  const shown = await cli.run(['show', id, '--json']);
  expect(objectOf(shown.stdout)).toMatchObject({ key: null, user: 'Ann <ann@example.net>' });
  server.signal('SIGTERM');
  await server.ended;
});
