import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import { startAmiSandbox, type AmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startGatewayProcess, type GatewayProcess } from '../journeys/gateway.ts';
import { everyCall } from '../journeys/told.ts';
import { expectBusy } from './lanes.ts';

/*
 * A disk that is full only root can have. The next best is real for the process all the same: the system takes no byte of
 * it behind so many in a file (RLIMIT_FSIZE), neither for the database nor for the log.
 */
const PATIENCE = { timeout: 60_000, interval: 100 };
const LOGIN = { username: 'c2c', secret: 'canary' };

let pbx: AmiSandbox;
let gateway: GatewayProcess;
let clicks = 0;

beforeAll(async () => {
  pbx = await startAmiSandbox({ ...LOGIN, pace: 0.05 });
  const environment = { C2C_LOG_LEVEL: 'info' };
  gateway = await startGatewayProcess({ amiPort: pbx.port, amiUsers: { c2c: LOGIN } }, { environment });
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await pbx.close();
});

async function click(): Promise<CallResponse['response']> {
  const dial_second = String(12_125_100_000 + ++clicks);
  return (await gateway.click({ dial_first: '201', dial_second })).response;
}

/** The soft limit alone: it can be raised again. */
function limit(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(gateway.pid), `--fsize=${bytes}:`]);
}

it('says that it is busy while nothing can be written, asks no PBX, and goes on when there is room', async () => {
  const taken = [(await click()).request_id];
  const { pid } = gateway;
  limit(1);
  const refused = async () => (await click()).errors.map(({ error }) => error.code);
  await expect.poll(refused, PATIENCE).toEqual(['server_busy']);
  const before = pbx.calls().length;
  for (let count = 0; count < 20; count += 1) expect(await refused()).toEqual(['server_busy']);
  expect(pbx.calls().length).toBe(before);
  await expectBusy(gateway);

  limit('unlimited');
  await expect.poll(async () => (await click()).status, PATIENCE).toBe('success');
  taken.push((await click()).request_id);
  expect(gateway.pid).toBe(pid);
  const calls = async () => (await everyCall(gateway)).map(({ id, life }) => [id, life.state]);
  const ended = taken.map((id) => [id, 'ended']);
  await expect.poll(calls, PATIENCE).toEqual(expect.arrayContaining(ended));
});
