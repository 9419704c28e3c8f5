import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { testCli } from '../src/cli/test-cli.ts';
import { startMailServer } from './mail-server.ts';

const PUBLIC = 'https://calls.example.net';
const PATIENCE = { timeout: 15_000, interval: 20 };
const mail = await startMailServer();
afterAll(() => mail[Symbol.asyncDispose]());
const cli = await testCli();

const PASSWORDS = ['canary password one', 'canary password two', 'canary password three', 'canary guess'];
const EMAIL = 'canary@example.net';

/** Every place where a person's secrets could be left: the log at its loudest, answers, commands' output, the database's bytes. */
it('passwords, cookies and what stands in links are written nowhere', { timeout: 60_000 }, async () => {
  const [first = '', second = '', third = '', guess = ''] = PASSWORDS;
  const secrets: string[] = [...PASSWORDS];
  const written: string[] = [];
  const server = await cli.serve([], {
    C2C_LOG_LEVEL: 'debug',
    C2C_SIGNUP: 'open',
    C2C_SMTP_URL: mail.url,
    C2C_MAIL_FROM: 'calls@example.net',
    C2C_PUBLIC_URL: PUBLIC,
  });
  let cookie = '';
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', cookie },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { 'set-cookie': given, ...headers } = Object.fromEntries(response.headers);
    cookie = given?.split(';')[0] ?? cookie;
    if (given !== undefined) secrets.push(cookie.split('=')[1] ?? '');
    const text = await response.text();
    written.push(`${method} ${path.split('/', 3).join('/')}: ${JSON.stringify(headers)} ${text}`);
    return { status: response.status, text };
  };
  const tokenOf = async (page: string) => {
    const link = new RegExp(`${PUBLIC}/console/${page}#([\\w-]+)`);
    const find = () => mail.letters.findLast(({ text }) => link.test(text))?.text;
    await expect.poll(find, PATIENCE).toBeDefined();
    const token = link.exec(find() ?? '')?.[1] ?? '';
    secrets.push(token);
    return token;
  };

  expect((await send('POST', '/v3/signup', { name: 'Canary', email: EMAIL, password: first })).status).toBe(
    201,
  );
  const confirmation = await tokenOf('confirm');
  expect((await send('PUT', `/v3/email_confirmations/${confirmation}`)).status).toBe(204);
  await send('PUT', `/v3/email_confirmations/${confirmation}`);
  await send('POST', '/v3/sessions', { email: EMAIL, password: guess });
  await send('POST', '/v3/sessions', { email: guess, password: guess, [guess]: guess });
  expect((await send('POST', '/v3/sessions', { email: EMAIL, password: first })).status).toBe(201);
  expect((await send('PATCH', '/v3/me', { password: second, current_password: first })).status).toBe(200);
  await send('POST', '/v3/invitations', { email: 'guest@example.net', role: 'viewer' });
  await tokenOf('invitation');
  await send('POST', '/v3/password_resets', { email: EMAIL });
  expect(
    (await send('PUT', `/v3/password_resets/${await tokenOf('reset')}`, { password: third })).status,
  ).toBe(204);
  expect((await send('POST', '/v3/sessions', { email: EMAIL, password: third })).status).toBe(201);
  for (const path of ['/v3/me', '/v3/sessions', '/v3/members', '/v3/invitations', '/v3/audit?limit=200'])
    expect((await send('GET', path)).status).toBe(200);
  server.signal('SIGTERM');
  const { stdout, stderr } = await server.ended;
  written.push(`log: ${stdout}${stderr}`);
  const audit = await cli.run(['audit', 'list', '--json']);
  written.push(`audit: ${audit.stdout}`);
  for (const name of await readdir(cli.dataDir, { recursive: true, withFileTypes: true }))
    if (name.isFile())
      written.push(`${name.name}: ${await readFile(join(name.parentPath, name.name), 'latin1')}`);

  expect(secrets.length).toBeGreaterThan(10);
  const found = written.flatMap((text) =>
    // A mistyped e-mail is told back to who typed it.
    secrets
      .filter(
        (secret) =>
          secret !== '' &&
          !(secret === guess && text.startsWith('POST /v3/sessions:')) &&
          text.includes(secret),
      )
      .map((secret) => `${secret} in ${text.slice(0, 200)}`),
  );
  expect(found).toEqual([]);
});
