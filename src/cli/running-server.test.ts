import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startAriSandbox } from '../pbx/sandbox/ari/ari-sandbox.ts';
import { listOf, messagesOf, objectOf, testCli, words, type Serving } from './test-cli.ts';

/** A PBX that connects to us: only the server that runs can speak to it, and commands do so through that. */
const pbx = await startAriSandbox({ pace: 0.1 });
afterAll(() => pbx.close());
const cli = await testCli();
let server: Serving;

const EXAMINE = words('pbx examine --account acme --name branch --extension 101');
const CALL = words('call --account acme --first 101 --second 105 --no-wait');
/** The PBX accepts it after 1.5 s, at this pace. */
const SLOW_CALL = words('call --account acme --first 101 --second 504 --no-wait');
// Two cores may be busy with other tests.
const PATIENCE = { timeout: 15_000, interval: 10 };

const sockets = async () =>
  (await readdir(join(cli.dataDir, 'run'))).filter((name) => name.endsWith('.sock'));

/** The password of the PBX, out of the file that `pbx add` gave for it. */
let login: { username: string; password: string };

beforeAll(async () => {
  await cli.run(words('account create --name acme'));
  const added = await cli.run(
    words('pbx add --account acme --name branch --driver asterisk-ari-outbound --json'),
  );
  const { id, files } = objectOf(added.stdout) as { id: string; files: Record<string, string> };
  const password = /^password = (\S+)$/m.exec(files['websocket_client.conf'] ?? '')?.[1] ?? '';
  login = { username: id, password };
});

test('while no server runs, both commands say to start one, and the call is in the journal', async () => {
  const examined = await cli.run(EXAMINE);
  expect(examined).toMatchObject({ code: 1, stdout: expect.stringMatching(/^ERROR +connected +/) });
  expect(examined.stdout).toMatch(
    /connects to the running server, and there is none\n +Start it with click2call serve/,
  );
  const called = await cli.run([...CALL, '--json']);
  expect(called.code).toBe(1);
  expect(messagesOf(called.stderr)).toEqual([expect.stringContaining('Start it with click2call serve')]);
  const { request_id } = objectOf(called.stdout);
  expect((await cli.run(['show', String(request_id)])).stdout).toMatch(/^Outcome +failed$/m);
});

test('a PBX that is not connected to the server is said to be so', async () => {
  server = await cli.serve();
  const examined = await cli.run(EXAMINE);
  expect(examined).toMatchObject({ code: 1, stderr: 'error: The PBX is not connected to us\n' });
  expect((await cli.run(CALL)).stderr).toMatch(/^error: The PBX is not connected to us\. /);
});

test('once it is connected, it is examined and called as any other', async () => {
  const outcome = await pbx.dialOut({
    url: `${server.url.replace('http', 'ws')}/pbx/ari`,
    ...login,
    app: 'click2call',
  });
  expect(outcome).toBe('connected');
  const examined = await cli.run([...EXAMINE, '--json']);
  expect(examined).toMatchObject({ code: 0, stderr: '' });
  const findings = listOf(examined.stdout);
  expect(findings[0]).toMatchObject({ check: 'connected', level: 'ok' });
  expect(findings.every(({ level }) => level === 'ok')).toBe(true);
  const unknown = await cli.run([...EXAMINE.slice(0, -1), '999']);
  expect(unknown).toMatchObject({ code: 1, stderr: 'error: The PBX has no PJSIP endpoint 999.\n' });

  const called = await cli.run(CALL);
  expect(called).toMatchObject({ code: 0, stderr: '' });
  expect(called.stdout).toMatch(/^success: the PBX took the order\n/);
  expect(pbx.calls()).toMatchObject([{ first: '101' }]);
  // The server takes the call further when the command has long ended.
  await expect.poll(() => pbx.calls()[0]?.rang, PATIENCE).toEqual({ first: 1, second: 1 });
  const shown = await cli.run(['show', /request (\S+)/.exec(called.stdout)?.[1] ?? '']);
  expect(shown.stdout).toMatch(/^Asked by +the command line$/m);
  expect(shown.stdout).toContain('click2call call --account acme --first 101 --second 105 --no-wait');
});

test('what the server refuses is refused as by the command itself', async () => {
  const nobody = await cli.run(CALL.with(2, 'acne'));
  expect(nobody).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: There is no account "acne"/),
  });
  const wrong = await cli.run([...CALL, '--timeout', '0']);
  expect(wrong).toMatchObject({ code: 2, stdout: expect.stringMatching(/^fail: no PBX was asked\n/) });
});

test('SIGTERM lets a call of a command have its answer', async () => {
  const before = pbx.calls().length;
  const called = cli.run(SLOW_CALL);
  await expect.poll(() => pbx.calls().length, PATIENCE).toBe(before + 1);
  server.signal('SIGTERM');
  expect(await called).toMatchObject({ code: 0, stdout: expect.stringMatching(/^success/) });
  expect((await server.ended).code).toBe(0);
  expect(await sockets()).toEqual([]);
});

test("a server that is killed in the middle is told to have been, and stands in no later command's way", async () => {
  const killed = await cli.serve();
  const second = await startAriSandbox({ faults: { neverAnswer: ['originate'] } });
  onTestFinished(() => second.close());
  await second.dialOut({ url: `${killed.url.replace('http', 'ws')}/pbx/ari`, ...login, app: 'click2call' });
  const called = cli.run(CALL);
  await expect.poll(() => second.calls().length, PATIENCE).toBe(1);
  killed.signal('SIGKILL');
  expect(await called).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'error: The server ended before it had answered; look into its log and its journal.\n',
  });
  const [left] = await sockets();
  expect((await cli.run(EXAMINE)).stdout).toContain('there is none');
  await cli.serve();
  expect(await sockets()).toEqual([expect.not.stringMatching(left ?? '')]);
});
