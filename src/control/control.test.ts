import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { pbxDoorUrl } from '../../contract/pbx-door.ts';
import { startGateway, startSandboxGateway, type Gateway } from '../../test/gateway.ts';
import { openParts, startServer } from '../app.ts';
import { isOver, NEW_LIFE } from '../calls/life.ts';
import { readConfig } from '../config/config.ts';
import { systemClock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import { startAmiSandbox } from '../pbx/sandbox/ami/ami-sandbox.ts';
import { startAriSandbox } from '../pbx/sandbox/ari/ari-sandbox.ts';
import { call, opening } from '../store/conformance/samples.ts';
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

const socketsOf = async (dataDir: string) =>
  (await readdir(runOf(dataDir))).filter((name) => name.endsWith('.sock'));

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
  const [name = ''] = await socketsOf(dataDir);
  const socket = connect(join(runOf(dataDir), name));
  socket.write(said);
  return text(socket);
}

it('is a file of the owner alone in a folder of the owner alone, and goes with the server', async () => {
  const dataDir = await newFolder();
  const gateway = await startGateway({ C2C_DATA_DIR: dataDir });
  expect(await socketsOf(dataDir)).toHaveLength(1);
  expect((await stat(runOf(dataDir))).mode & 0o777).toBe(0o700);
  for (const name of await readdir(runOf(dataDir)))
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
  const [name = ''] = await socketsOf(dataDir);
  const socket = connect(join(runOf(dataDir), name));
  const said = text(socket);
  // Those who asked before it have had their answer: it is in.
  await toldBy(dataDir, EXAMINE).catch(() => undefined);
  const closing = systemClock.monotonicMs();
  await gateway[Symbol.asyncDispose]();
  expect(systemClock.monotonicMs() - closing).toBeLessThan(4_000);
  expect(await said).toBe('');
});

/** What a server leaves that was killed: a file where nobody listens, and one that says whose it is. */
async function leaveDead(dataDir: string, host: string, tender: string): Promise<void> {
  const path = join(runOf(dataDir), tender);
  await mkdir(runOf(dataDir), { recursive: true });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  await rename(path, `${path}.sock`);
  await new Promise((resolve) => server.close(resolve));
  await writeFile(`${path}.owner`, JSON.stringify({ host, tender }));
}

it('is passed over by a command where its server was killed, and removed by the next server', async () => {
  const dataDir = await newFolder();
  await leaveDead(dataDir, hostname(), 'killed');
  expect(await askServer(dataDir, EXAMINE)).toBeUndefined();
  expect(await socketsOf(dataDir)).toEqual(['killed.sock']);
  await withServer(startGateway({ C2C_DATA_DIR: dataDir }));
  const left = await readdir(runOf(dataDir));
  expect(left.filter((name) => name.startsWith('killed'))).toEqual([]);
});

it('tells the next server whose calls wait for nobody, long before their silence would', async () => {
  const dataDir = await newFolder();
  const before = await openParts(readConfig({ C2C_DATA_DIR: dataDir, C2C_LOG_LEVEL: 'silent' }));
  const { id: tenantId } = await before.directory.createAccount('Left');
  const pbx = await startAmiSandbox({ username: 'c2c', secret: 'canary-pbx', pace: 0.1 });
  onTestFinished(() => pbx.close());
  const login = { host: pbx.host, port: pbx.port, username: 'c2c', secret: 'canary-pbx' };
  const { id: pbxId, name: pbxName } = await before.directory.addPbx(tenantId, 'main', 'asterisk-ami', login);
  const { journal } = before.store;
  const leave = async (host: string, tender: string) => {
    const left = opening(tenantId, { call: call(tenantId, { life: NEW_LIFE, pbxId, pbxName }), tender });
    await journal.open(left);
    // Its last sign of life is but a moment old.
    await journal.beat(tender, systemClock.nowMicros());
    await leaveDead(dataDir, host, tender);
    return left.call.id;
  };
  const elsewhere = await leave('elsewhere.example', 'that-may-live');
  const here = await leave(hostname(), 'killed');
  await before.close();
  const { parts } = await withServer(startGateway({ C2C_DATA_DIR: dataDir }));
  const isOverNow = async (id: string) => isOver((await parts.store.journal.callById(id))?.life ?? NEW_LIFE);
  await expect.poll(() => isOverNow(here)).toBe(true);
  expect(await isOverNow(elsewhere)).toBe(false);
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
  expect(await socketsOf(dataDir)).toHaveLength(2);
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
  const control = await openControl({
    dataDir,
    clock,
    log,
    tender: 'none',
    desk: { ...parts, journal: store.journal },
  });
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
