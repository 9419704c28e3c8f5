import { readdir, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openParts, type Parts } from '../src/app.ts';
import { objectOf, testCli, words, type Ran } from '../src/cli/test-cli.ts';
import { readConfig } from '../src/config/config.ts';
import { planFor } from '../src/pbx/conformance/test-pbx.ts';
import { TARGETS, type Target } from './attacks/pbxs.ts';

/*
 * A hunt: every secret that there is stands somewhere, everything that can go wrong goes wrong, and then everything that
 * was written is searched for them: by the server, by the commands, in answers and pages, and in the database's own bytes.
 */

/** Of every PBX in the box, as TARGETS has it; and those that are wrong. */
const RIGHT = 'canary-7f3a';
const WRONG = 'canary-wrong-4711';

const cli = await testCli();
const written: { readonly where: string; readonly text: string }[] = [];
const note = (where: string, text: string) => void written.push({ where, text });

async function run(line: string, ...more: readonly string[]): Promise<Ran> {
  const ran = await cli.run([...words(line), ...more], { env: { C2C_LOG_LEVEL: 'debug' } });
  note(`${line} ${more.join(' ')}`.slice(0, 80), ran.stdout + ran.stderr);
  return ran;
}

/** Somebody who listens where a PBX should, and is none. */
const strangers = new Set<Socket>();
async function stranger(behave: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    strangers.add(socket);
    socket.on('error', () => socket.destroy());
    behave(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    for (const socket of strangers) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** What they greet with, so that we log in to them. */
const GREETING: Readonly<Record<string, string>> = {
  'asterisk-ami': 'Asterisk Call Manager/11.0.0\r\n',
  freeswitch: 'Content-Type: auth/request\n\n',
};

async function addTo(
  { directory }: Parts,
  accountId: string,
  name: string,
  target: Target,
  port: number,
  secret: string,
) {
  const { driver, settings } = target;
  const given = Object.entries({ ...settings, host: '127.0.0.1', port: String(port) });
  const right = Object.fromEntries(given.map(([key, value]) => [key, value === RIGHT ? secret : value]));
  const answering = driver.manifest.id === 'http' ? { answer_seconds: '1' } : {};
  await directory.addPbx(accountId, name, driver.manifest.id, { ...right, ...answering });
}

it('finds no secret in anything that was written', { timeout: 400_000 }, async () => {
  await run('account create --name acme');
  // Its output is the key; nothing else may be it.
  const { stdout } = await cli.run(words('key create --account acme --label hunt'));
  const key = stdout.trim();
  const parts = await openParts(readConfig({ C2C_DATA_DIR: cli.dataDir, C2C_LOG_LEVEL: 'silent' }));
  const { id } = await parts.directory.account('acme');
  const targets = TARGETS.filter(
    ({ name }) => !name.startsWith('http with ') || name.endsWith('wazo') || name.endsWith('3cx'),
  );
  const pbxs: string[] = [];
  for (const [index, target] of targets.entries()) {
    const box = await target.start();
    afterAll(() => box.close());
    const greet = (socket: Socket) => socket.write(GREETING[target.driver.manifest.id] ?? '');
    const ports: Readonly<Record<string, readonly [port: number, secret: string]>> = {
      good: [box.port, RIGHT],
      wrong: [box.port, WRONG],
      gone: [1, RIGHT],
      // It says back whatever it is told, the login as well.
      echo: [await stranger((socket) => greet(socket) && socket.pipe(socket)), RIGHT],
      garbage: [await stranger((socket) => socket.end('\0\u0001 200 OK <xml> {"a": \r\n\r\n')), RIGHT],
      cut: [await stranger((socket) => void socket.once('data', () => socket.destroy())), RIGHT],
    };
    for (const [trouble, [port, secret]] of Object.entries(ports)) {
      const name = `p${index}-${trouble}`;
      await addTo(parts, id, name, target, port, secret);
      pbxs.push(name);
    }
  }
  const [ami] = targets;
  if (ami === undefined) throw new Error('There are targets.');
  const overTls = { ...ami, settings: { ...ami.settings, tls: 'true' } };
  await addTo(parts, id, 'tls', overTls, await stranger((socket) => void socket.write('plain')), RIGHT);
  pbxs.push('tls');
  await parts.close();

  const server = await cli.serve([], { C2C_LOG_LEVEL: 'debug', C2C_REPEAT_WINDOW_MS: '0' });
  const get = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${server.url}${path}`, init);
    const text = await response.text();
    note(`${init.method ?? 'GET'} ${path.split('?', 1)[0]}`, JSON.stringify([...response.headers]) + text);
    return text;
  };
  const [first, second] = [planFor(['101', '105']).first, '105'];
  await Promise.all(
    pbxs.map(async (pbx) => {
      const text = await get(`/c2c/v2?dial_first=${first}&dial_second=${second}&pbx=${pbx}&api_key=${key}`);
      const { response } = JSON.parse(text) as {
        response: { request_id: string; errors: { error: { url?: string } }[] };
      };
      const headers = { authorization: `Bearer ${key}` };
      await get(`/c2c/v2/status/${response.request_id}`, { headers });
      await get(`/v3/calls/${response.request_id}`, { headers });
      const { pathname, search } = new URL(response.errors[0]?.error.url ?? `${server.url}/healthz`);
      for (const accept of ['text/html', 'text/plain', 'application/json'])
        await get(pathname + search, { headers: { accept } });
    }),
  );
  await everyWayToSend(key, get);
  const link = await clickLink(server.url, key, get);
  for (const pbx of ['p0-good', 'p0-wrong', 'p2-echo'])
    await run(`pbx examine --account acme --name ${pbx} --extension 101`);
  const called = await run('call --account acme --first 101 --second 105 --pbx p0-wrong --json');
  const { response } = objectOf(called.stdout) as { response?: { request_id?: string } };
  await run(`show ${response?.request_id ?? 'none'}`);
  for (const line of [
    'pbx list --account acme',
    'key list --account acme',
    'link list --account acme',
    'audit list',
    'audit verify',
    'config',
    'rekey',
  ])
    await run(line);
  server.signal('SIGTERM');
  const ended = await server.ended;
  note('the server', ended.stdout + ended.stderr);
  for (const pbx of ['p1-echo', 'p2-garbage'])
    await run(`call --account acme --first 101 --second 105 --pbx ${pbx} --json`);
  const masterKeys = await readFile(join(cli.dataDir, 'master.key'), 'latin1');
  for (const file of await readdir(cli.dataDir, { recursive: true, withFileTypes: true }))
    if (file.isFile() && file.name !== 'master.key')
      note(`the file ${file.name}`, await readFile(join(file.parentPath, file.name), 'latin1'));

  const secrets = { RIGHT, WRONG, key, link, masterKey: masterKeys.trim() };
  expect(written.length).toBeGreaterThan(100);
  const found = Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).flatMap((form) =>
      written
        .filter(({ text }) => text.includes(form))
        .map(({ where, text }) => {
          const at = text.indexOf(form);
          return `${name} in ${where}: …${text.slice(Math.max(0, at - 120), at + 60)}…`;
        }),
    ),
  );
  expect(found).toEqual([]);
});

/** Makes a link and clicks it. @returns its token */
async function clickLink(
  url: string,
  key: string,
  get: (path: string, init?: RequestInit) => Promise<string>,
): Promise<string> {
  const made = await fetch(`${url}/v3/links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ dial_first: '101', dial_second: '105', pbx: 'p0-good', label: key }),
  });
  // Its answer is the token; nothing else may be it.
  const token = ((await made.json()) as { url: string }).url.slice(-32);
  for (const method of ['GET', 'POST', 'POST', 'PUT']) await get(`/l/${token}`, { method });
  await get('/v3/links', { headers: { authorization: `Bearer ${key}` } });
  return token;
}

/** A key in every place that somebody could put it by mistake. */
async function everyWayToSend(
  key: string,
  get: (path: string, init?: RequestInit) => Promise<string>,
): Promise<void> {
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  await Promise.all([
    get(`/c2c/v2?${key}`),
    get(`/c2c/v2?${key}=1&api_key=${key}`),
    get(
      `/c2c/v2?dial_first=${key}&dial_second=${key}&dial_as=${key}&timeout=${key}&pbx=${key}&api_key=${key}`,
    ),
    get(`/c2c/v2?api%5Fkey=${key}&API_KEY=${key}&x=${key}`),
    get(`/c2c/v2?apikey=${key}&key=${key}`),
    get(`/c2c/v2?api_key=${key}x&dial_first=101`),
    get(`/c2c/v2/status/${key}?api_key=${key}`),
    get(`/${key}/x?${key}`),
    get(`/l/${key}`),
    get(`/v3/calls/${key}`, { headers: { 'x-api-key': key } }),
    get(`/v3/calls?reference=${key}`, { headers: { authorization: `Bearer ${key}` } }),
    get('/c2c/v2', { headers: { authorization: `Basic ${key}`, referer: `http://x/?${key}`, cookie: key } }),
    get('/c2c/v2', { ...json, body: `{"api_key": "${key}", ${key}` }),
    get(`/c2c/v2?api_key=${key}`, { ...json, body: `["${key}"]` }),
    get('/c2c/v2', { ...json, body: JSON.stringify({ api_key: key, [key]: key, dial_first: [key] }) }),
    get('/c2c/v2', { ...form, body: `api_key=${key}&dial_first=${key}&pbx=${key}` }),
    get(`/c2c/v2?api_key=${key}`, { method: 'POST', body: key, headers: { 'content-type': key } }),
    get('/v3/calls', { ...json, headers: { ...json.headers, 'x-api-key': key }, body: `{"first": "${key}"` }),
    ...['/v3/keys', '/v3/links'].flatMap((path) =>
      ['label', 'allow_to', 'dial_first', 'pbx', key].map((name) => {
        const list = name === 'allow_to' ? [key] : key;
        const body = JSON.stringify({ dial_first: '101', dial_second: '102', [name]: list });
        return get(path, { ...json, headers: { ...json.headers, 'x-api-key': key }, body });
      }),
    ),
  ]);
}

/** As it is, and as it goes into URLs, logins and dumps. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const logins = ['c2c', 'click2call', ''].map((user) => Buffer.from(`${user}:${secret}`).toString('base64'));
  return [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      bytes.toString('hex'),
      bytes.toString('base64').replace(/=+$/, ''),
      ...logins,
    ]),
  ];
}
