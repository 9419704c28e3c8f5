import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { startAmiSandbox } from '../pbx/sandbox/ami/ami-sandbox.ts';
import { objectOf, testCli, words, type Json, type TestCli } from './test-cli.ts';

// Slow enough to be caught in the act, quick enough to wait for: 504 answers an order after 1.5 s.
const pbx = await startAmiSandbox({ pace: 0.1 });
afterAll(() => pbx.close());
const cli = await testCli();
const boxed = await testCli();
const key = await keyOfAccountWithPbx(cli);

async function keyOfAccountWithPbx(cli: TestCli): Promise<string> {
  await cli.run(['account', 'create', '--name', 'acme']);
  const settings = [`host=${pbx.host}`, `port=${pbx.port}`, 'username=click2call', 'secret=sandbox'];
  await cli.run([
    ...words('pbx add --account acme --name main --driver asterisk-ami'),
    ...settings.flatMap((each) => ['--set', each]),
  ]);
  return (await cli.run(['key', 'create', '--account', 'acme'])).stdout.trim();
}

// Two cores may be busy with other tests.
const PATIENCE = { timeout: 15_000, interval: 10 };

interface Answered {
  readonly request_id: string;
  readonly status: string;
  readonly errors: { readonly error: { readonly code: string } }[];
}

async function click(url: string, parameters: Record<string, string>): Promise<Answered> {
  const response = await fetch(`${url}/c2c/v2?${new URLSearchParams(parameters).toString()}`);
  return ((await response.json()) as { response: Answered }).response;
}

test('serve says where it listens, on stdout for people and in the log on stderr', async () => {
  const server = await cli.serve([], { C2C_SERVER_ID: 'node-7' });
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  server.signal('SIGINT');
  const { code, stdout, stderr } = await server.ended;
  expect(code).toBe(0);
  expect(stdout).toBe(`Click-2-Call listens on ${server.url}\n`);
  const log = stderr.trim().split('\n').map(objectOf);
  expect(log).toMatchObject([
    { msg: 'Listening.', urls: [server.url], server_id: 'node-7' },
    { msg: expect.stringMatching(/^Stopping/), signal: 'SIGINT' },
    { msg: 'Stopped.' },
  ]);
});

test('serve --sandbox prints a URL that makes a call, and it stays good', async () => {
  const server = await boxed.serve(['--sandbox']);
  await expect.poll(() => server.stdout(), PATIENCE).toContain('Ctrl-C stops it.');
  const url = /^ {2}(http\S+dial_first=101&dial_second=102&api_key=\S+)$/m.exec(server.stdout())?.[1] ?? '';
  const { response } = (await (await fetch(url)).json()) as { response: Answered };
  expect(response.status).toBe('success');
  const shown = await boxed.run(['show', response.request_id]);
  expect(shown.stdout).toMatch(/^Asked by +the key c2c_test_\w{6}… \(printed at start\)$/m);

  // The same port and data: the second gives up, and the first is as it was.
  const port = new URL(server.url).port;
  const second = await boxed.run(['serve', '--sandbox'], { env: { C2C_HTTP_PORT: port } });
  expect(second).toMatchObject({ code: 1, stdout: '' });
  const { searchParams } = new URL(url);
  const apiKey = searchParams.get('api_key') ?? '';
  expect(await click(server.url, { dial_first: '103', dial_second: '102', api_key: apiKey })).toMatchObject({
    status: 'success',
  });

  server.signal('SIGTERM');
  expect((await server.ended).code).toBe(0);
  const again = await boxed.serve(['--sandbox']);
  await expect.poll(() => again.stdout(), PATIENCE).toContain(apiKey);
  // The second is answered by the PBX that connects to us, at each start anew.
  for (const more of [{ dial_first: '104' }, { dial_first: '105', pbx: 'sandbox-ari-outbound' }])
    expect(await click(again.url, { ...more, dial_second: '102', api_key: apiKey })).toMatchObject({
      status: 'success',
      errors: [],
    });
});

test('a key that the command line revokes is dead at once in a server that runs, and a new one lives', async () => {
  const server = await cli.serve();
  const made = (await cli.run(['key', 'create', '--account', 'acme', '--json'])).stdout;
  const { api_key, prefix } = objectOf(made) as { api_key: string; prefix: string };
  const numbers = { dial_first: '101', dial_second: '102' };
  expect(await click(server.url, { ...numbers, api_key })).toMatchObject({ status: 'success' });
  const listed = async () => (await cli.run(['key', 'list', '--account', 'acme', '--json'])).stdout;
  await expect
    .poll(async () => (JSON.parse(await listed()) as Json[]).at(-1)?.['last_used_at'], PATIENCE)
    .toEqual(expect.any(String));

  const revoked = await cli.run(['key', 'revoke', '--account', 'acme', prefix, '--json']);
  expect(objectOf(revoked.stdout)).toMatchObject({ prefix, revoked_at: expect.any(String) });
  expect(await click(server.url, { ...numbers, api_key })).toMatchObject({
    status: 'fail',
    errors: [{ error: { code: 'key_invalid' } }],
  });
  const again = await cli.run(['key', 'revoke', '--account', 'acme', prefix]);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('was revoked already, at ') });
  server.signal('SIGTERM');
  expect((await server.ended).code).toBe(0);
});

test('SIGTERM lets a call under way have its answer', async () => {
  const server = await cli.serve();
  const before = pbx.calls().length;
  const answer = click(server.url, { dial_first: '101', dial_second: '504', api_key: key });
  await expect.poll(() => pbx.calls().length, PATIENCE).toBe(before + 1);
  server.signal('SIGTERM');
  const { status, request_id } = await answer;
  expect(status).toBe('success');
  expect((await server.ended).code).toBe(0);
  expect((await cli.run(['show', request_id])).stdout).toMatch(/^Outcome +accepted$/m);
});

test('one Ctrl-C that npm passes on a second time is one; a later one ends it at once', async () => {
  const server = await cli.serve();
  pbx.faults.neverAnswer = ['Originate'];
  const before = pbx.calls().length;
  const answer = click(server.url, { dial_first: '102', dial_second: '103', api_key: key }).catch(
    () => 'cut off',
  );
  await expect.poll(() => pbx.calls().length, PATIENCE).toBe(before + 1);
  server.signal('SIGINT');
  server.signal('SIGINT');
  await delay(700);
  server.signal('SIGINT');
  expect(await answer).toBe('cut off');
  expect((await server.ended).code).toBe(1);
  delete pbx.faults.neverAnswer;
});

test('a port in use is told by the name of its setting, and a call that a killed server left is not touched', async () => {
  const killed = await cli.serve();
  const { request_id } = await click(killed.url, { dial_first: '103', dial_second: '105', api_key: key });
  killed.signal('SIGKILL');
  await killed.ended;
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const { code, stdout, stderr } = await cli.run(['serve'], { env: { C2C_HTTP_PORT: port } });
  taken.close();
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toBe(
    `error: 127.0.0.1:${port} is in use by another process; stop it, or set C2C_HTTP_PORT to a free port.\n`,
  );
  const shown = await cli.run(['show', request_id, '--journal']);
  expect(shown.stdout).toContain(request_id);
  expect(shown.stdout).not.toContain('has taken it over');
});

test('what is wrong with the address or the certificate is told by the name of its setting', async () => {
  const env = {
    C2C_HTTP_PORT: '0',
    C2C_HTTPS_PORT: '0',
    C2C_TLS_CERT: '/nowhere.pem',
    C2C_TLS_KEY: '/nowhere.key',
  };
  const missing = await cli.run(['serve'], { env });
  expect(missing).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: C2C_TLS_(CERT|KEY) can not be read: ENOENT/),
  });
  const file = `${cli.dataDir}/master.key`;
  const broken = await cli.run(['serve'], { env: { ...env, C2C_TLS_CERT: file, C2C_TLS_KEY: file } });
  expect(broken).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: C2C_TLS_CERT and C2C_TLS_KEY are no/),
  });
  const elsewhere = await cli.run(['serve'], { env: { C2C_HTTP_PORT: '0', C2C_HOST: '192.0.2.1' } });
  expect(elsewhere).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^error: 192\.0\.2\.1 .* set C2C_HOST/),
  });
});
