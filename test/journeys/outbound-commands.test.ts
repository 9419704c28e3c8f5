import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listOf, objectOf, testCli, words, type Json, type Serving } from '../../src/cli/test-cli.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { onlyCall, phoneOf } from './phones.ts';

/** An administrator at the command line, whose Asterisk stands behind NAT: from `pbx add` to the first call. */
const cli = await testCli();
const EXAMINE = words('pbx examine --account acme --name branch --extension 101 --json');
let lab: Asterisk;
let server: Serving;

beforeAll(async () => {
  [lab, server] = await Promise.all([startAsterisk(), cli.serve()]);
  await cli.run(words('account create --name acme'));
});

afterAll(() => lab.stop());

async function levels(): Promise<Json> {
  const findings = listOf((await cli.run(EXAMINE)).stdout);
  return Object.fromEntries(findings.map(({ check, level }) => [String(check), level]));
}

it('pastes the two files that it was given, and sees the PBX come in', async () => {
  const added = await cli.run(
    words('pbx add --account acme --name branch --driver asterisk-ari-outbound --json'),
    { env: { C2C_HTTP_PORT: new URL(server.url).port } },
  );
  expect(await levels()).toEqual({ connected: 'error' });
  const { files } = objectOf(added.stdout) as { files: Readonly<Record<string, string>> };
  for (const [name, text] of Object.entries(files)) await writeFile(join(lab.etc, name), text);
  await lab.cli('module reload res_websocket_client.so');
  await lab.cli('module reload res_ari.so');
  await expect
    .poll(levels, { timeout: 20_000 })
    .toMatchObject({ connected: 'ok', rights: 'ok', extension: 'ok' });
});

it('makes a call, which goes on when the command has ended', async () => {
  await using alice = await phoneOf(lab, '101');
  await using bob = await phoneOf(lab, '102', { hangUpAfterMs: 500 });
  const called = await cli.run(words('call --account acme --first 101 --second 102 --no-wait --json'));
  expect(called).toMatchObject({ code: 0, stderr: '' });
  expect(objectOf(called.stdout)).toMatchObject({ status: 'success', method: 'asterisk.call', errors: [] });
  expect(onlyCall(await alice.result()).invite.shown).toEqual({ name: 'Call to', number: '102' });
  expect(onlyCall(await bob.result()).invite.shown).toEqual({ name: 'Alice', number: '101' });
});

it('is told by both commands when the server has ended', async () => {
  server.signal('SIGTERM');
  expect((await server.ended).code).toBe(0);
  expect(await levels()).toEqual({ connected: 'error' });
  const called = await cli.run(words('call --account acme --first 101 --second 102'));
  expect(called).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Start it with click2call serve'),
  });
});
