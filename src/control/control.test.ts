import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { pbxDoorUrl } from '../../contract/pbx-door.ts';
import { startGateway, startSandboxGateway, type Gateway } from '../../test/gateway.ts';
import { openParts, startServer } from '../app.ts';
import { systemClock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import { startAriSandbox } from '../pbx/sandbox/ari/ari-sandbox.ts';
import type { Asked } from '../switchboard/place-call.ts';
import { askServer } from './ask-server.ts';
import type { Ask, Told } from './messages.ts';
import { openControl } from './open-control.ts';

async function newFolder(name = 'data'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'c2c-control-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, name);
}

async function withServer(server: Promise<Gateway>): Promise<Gateway> {
  const gateway = await server;
  onTestFinished(() => gateway[Symbol.asyncDispose]());
  return gateway;
}

const sandboxed = () => withServer(startSandboxGateway());
const dataDirOf = ({ parts }: Gateway) => parts.config.dataDir;
const runOf = (dataDir: string) => join(dataDir, 'run');

const EXAMINE: Ask = { ask: 'examine', account: 'acme', pbx: 'main' };

async function toldBy(dataDir: string, ask: Ask): Promise<Told[] | undefined> {
  const told = await askServer(dataDir, ask);
  return told && Array.fromAsync(told);
}

function callTo(second: string, follow = false): Ask {
  const request = { dialFirst: '101', dialSecond: second };
  const seen = { url: 'click2call call', method: 'CLI', data: {} };
  const asked = {
    request,
    seen,
    refusals: [],
    repeatWindowMicros: 0,
    askedAtMicros: systemClock.nowMicros(),
  };
  return { ask: 'call', account: 'acme', asked: asked as unknown as Asked, follow };
}

/** The whole answer to what somebody says who is no command of ours. */
async function answerTo(dataDir: string, said: string): Promise<string> {
  const [name = ''] = await readdir(runOf(dataDir));
  const socket = connect(join(runOf(dataDir), name));
  socket.write(said);
  return text(socket);
}

it('is a file of the owner alone in a folder of the owner alone, and goes with the server', async () => {
  const dataDir = await newFolder();
  const gateway = await startGateway({ C2C_DATA_DIR: dataDir });
  const [name = '', ...others] = await readdir(runOf(dataDir));
  expect(others).toEqual([]);
  expect((await stat(runOf(dataDir))).mode & 0o777).toBe(0o700);
  expect((await stat(join(runOf(dataDir), name))).mode & 0o777).toBe(0o600);
  await gateway[Symbol.asyncDispose]();
  expect(await readdir(runOf(dataDir))).toEqual([]);
  expect(await askServer(dataDir, EXAMINE)).toBeUndefined();
});

it('narrows a folder that was there before, and was open to others', async () => {
  const dataDir = await newFolder();
  await mkdir(runOf(dataDir), { recursive: true, mode: 0o777 });
  await withServer(startGateway({ C2C_DATA_DIR: dataDir }));
  expect((await stat(runOf(dataDir))).mode & 0o777).toBe(0o700);
});

it('tells what the server finds of a PBX, and makes a call through it', async () => {
  const gateway = await sandboxed();
  const findings = await toldBy(dataDirOf(gateway), { ...EXAMINE, extension: '999' });
  expect(findings).toContainEqual({ finding: expect.objectContaining({ check: 'login', level: 'ok' }) });
  expect(findings?.at(-1)).toMatchObject({ finding: { check: 'extension', level: 'error' } });
  expect(await toldBy(dataDirOf(gateway), callTo('102'))).toMatchObject([
    { answer: { outcome: 'accepted' } },
  ]);
  expect(await toldBy(dataDirOf(gateway), callTo('404'))).toMatchObject([{ answer: { outcome: 'failed' } }]);
});

it('throws what the server met, by its name', async () => {
  const gateway = await sandboxed();
  await expect(toldBy(dataDirOf(gateway), { ...EXAMINE, account: 'acne' })).rejects.toMatchObject({
    name: 'DirectoryError',
    message: expect.stringMatching(/^There is no account "acne"; there are acme/),
  });
  await expect(toldBy(dataDirOf(gateway), { ...EXAMINE, pbx: 'x' })).rejects.toMatchObject({
    name: 'DirectoryError',
  });
});

it('refuses a command of another version, and what is none', async () => {
  const dataDir = dataDirOf(await sandboxed());
  for (const said of [
    '{"protocol":0,"ask":"examine"}',
    '{"protocol":1,"ask":"else"}',
    '[]',
    'GET / HTTP/1.1',
  ]) {
    const { failure } = JSON.parse(await answerTo(dataDir, `${said}\n`)) as { failure: unknown };
    expect(failure).toMatchObject({ name: 'ControlError', message: expect.stringContaining('restart') });
  }
  expect(await answerTo(dataDir, 'x'.repeat(3_000_000)).catch(() => '')).toBe('');
});

it('does not wait for one who asks nothing', async () => {
  const gateway = await startGateway();
  const dataDir = dataDirOf(gateway);
  const [name = ''] = await readdir(runOf(dataDir));
  const socket = connect(join(runOf(dataDir), name));
  const said = text(socket);
  // Those who asked before it have had their answer: it is in.
  await toldBy(dataDir, EXAMINE).catch(() => undefined);
  const closing = systemClock.monotonicMs();
  await gateway[Symbol.asyncDispose]();
  expect(systemClock.monotonicMs() - closing).toBeLessThan(4_000);
  expect(await said).toBe('');
});

/** What a server leaves that was killed: a file where nobody listens. */
async function leaveDead(dataDir: string): Promise<void> {
  const path = join(runOf(dataDir), 'killed');
  await mkdir(runOf(dataDir), { recursive: true });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  await rename(path, `${path}.sock`);
  await new Promise((resolve) => server.close(resolve));
}

it('removes what a killed server has left, as a command and as the next server', async () => {
  const dataDir = await newFolder();
  await leaveDead(dataDir);
  expect(await readdir(runOf(dataDir))).toEqual(['killed.sock']);
  expect(await askServer(dataDir, EXAMINE)).toBeUndefined();
  expect(await readdir(runOf(dataDir))).toEqual([]);
  await leaveDead(dataDir);
  await withServer(startGateway({ C2C_DATA_DIR: dataDir }));
  expect(await readdir(runOf(dataDir))).toEqual([expect.not.stringContaining('killed')]);
});

it('of two servers on one data folder asks the one that started last, and the other when that is gone', async () => {
  const { parts, account } = await sandboxed();
  const { dataDir } = parts.config;
  const later = await openParts(parts.config);
  const server = await startServer(later);
  // A PBX that is connected to the later one alone tells them apart.
  const behindNat = await later.directory.addPbx(account.id, 'behind NAT', 'asterisk-ari-outbound', {});
  const pbx = await startAriSandbox();
  onTestFinished(() => pbx.close());
  const url = pbxDoorUrl(server.urls[0] ?? '');
  const password = later.directory.doorKeyOf(behindNat) ?? '';
  expect(await pbx.dialOut({ url, username: behindNat.id, password, app: 'click2call' })).toBe('connected');

  const level = async () => {
    const told = await toldBy(dataDir, { ...EXAMINE, pbx: 'behind NAT' });
    return told?.map((each) => 'finding' in each && each.finding.level).at(-1);
  };
  expect(await readdir(runOf(dataDir))).toHaveLength(2);
  expect(await level()).toBe('ok');
  await server.close();
  expect(await level()).toBe('error');
});

it('is no reason not to start: a server whose folder can hold no socket says why', async () => {
  const dataDir = await newFolder('d'.repeat(90));
  const warned: unknown[] = [];
  const ignore = () => undefined;
  const log: Logger = {
    debug: ignore,
    info: ignore,
    error: ignore,
    warn: (fields) => void warned.push(fields),
    child: () => log,
  };
  const gateway = await withServer(startGateway({ C2C_DATA_DIR: dataDir }));
  const { clock, store, ...parts } = gateway.parts;
  const control = await openControl({ dataDir, clock, log, desk: { ...parts, journal: store.journal } });
  await control.close();
  expect(warned).toEqual([
    {
      err: expect.objectContaining({
        message: expect.stringMatching(/C2C_DATA_DIR has 1\d\d bytes.*needs one of 8\d at most/),
      }),
    },
  ]);
  expect(await askServer(dataDir, EXAMINE)).toBeUndefined();
});
