import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import { startAmiSandbox, type AmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startGatewayProcess, type GatewayProcess } from '../journeys/gateway.ts';
import { everyCall } from '../journeys/told.ts';
import { expectBusy } from './lanes.ts';

const PATIENCE = { timeout: 60_000, interval: 20 };
const LOGIN = { username: 'c2c', secret: 'canary' };
/** More than may be under way. */
const WAVES = 16;
const EACH = 50;

let pbx: AmiSandbox;
let gateway: GatewayProcess;

beforeAll(async () => {
  pbx = await startAmiSandbox({ ...LOGIN, pace: 0.05 });
  const settings = { originates_per_second: 10_000, calls_in_progress: 10_000 };
  gateway = await startGatewayProcess({ amiPort: pbx.port, amiUsers: { c2c: LOGIN } }, { settings });
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await pbx.close();
});

interface Click {
  readonly answer: CallResponse['response'];
  readonly ms: number;
}

it('far more clicks than it can begin: the others are refused at once, what it took is kept, and then all is as before', async () => {
  expect((await gateway.click({ dial_first: '201', dial_second: '12125100000' })).response.status).toBe(
    'success',
  );
  const clicks: Click[] = [];
  const of = (status: string) => clicks.filter(({ answer }) => answer.status === status);
  const click = async (number: number): Promise<void> => {
    const began = performance.now();
    const order = { dial_first: '201', dial_second: String(12_125_200_000 + number) };
    const { response } = await gateway.click(order);
    clicks.push({ answer: response, ms: performance.now() - began });
  };
  // A disk that stands still for a moment: whoever holds the lock, the journal waits for.
  const disk = new DatabaseSync(join(gateway.dataDir, 'click2call.db'));
  disk.exec('BEGIN IMMEDIATE');
  const all: Promise<void>[] = [];
  // Whoever clicks does not wait for others' answers.
  for (let wave = 0; wave < WAVES; wave += 1) {
    for (let each = 0; each < EACH; each += 1) all.push(click(all.length));
    await sleep(10);
  }
  await expect.poll(() => of('fail').length, PATIENCE).toBeGreaterThan(EACH);
  expect(of('success'), 'those who were refused did not wait for those who were taken').toEqual([]);
  await expectBusy(gateway);
  disk.exec('ROLLBACK');
  disk.close();
  await Promise.all(all);

  expect(new Set(of('fail').flatMap(({ answer }) => answer.errors.map(({ error }) => error.code)))).toEqual(
    new Set(['server_busy']),
  );
  const taken = of('success').map(({ answer }) => answer.request_id);
  expect(taken.length).toBeGreaterThan(100);
  const calls = await everyCall(gateway);
  const accepted = calls.filter(({ outcome }) => outcome === 'accepted').map(({ id }) => id);
  expect(
    taken.filter((id) => !accepted.includes(id)),
    'what it took is in the journal',
  ).toEqual([]);
  expect(calls, 'and what it refused is not').toHaveLength(taken.length + 1);
  expect((await gateway.click({ dial_first: '201', dial_second: '12125100002' })).response.status).toBe(
    'success',
  );
  const waited = Math.max(...of('fail').map(({ ms }) => ms));
  // Half a second on a machine that carries ten times as much; this is no measurement.
  expect(waited).toBeLessThan(2_000);
});
