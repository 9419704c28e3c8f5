import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAmiSandbox, type AmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startGatewayProcess, type GatewayProcess } from '../journeys/gateway.ts';
import { everyCall } from '../journeys/told.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const LOGIN = { username: 'c2c', secret: 'canary' };
const ORDER = { dial_first: '201', dial_second: '12125100000' };

let pbx: AmiSandbox;
let gateway: GatewayProcess;

beforeAll(async () => {
  pbx = await startAmiSandbox({ ...LOGIN, pace: 0.05 });
  gateway = await startGatewayProcess({ amiPort: pbx.port, amiUsers: { c2c: LOGIN } });
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await pbx.close();
});

it('that somebody else holds for longer than we wait, a backup say: it says that it is busy, asks no PBX, and goes on after it', async () => {
  const before = await gateway.click(ORDER);
  expect(before.response.status).toBe('success');
  const rung = pbx.calls().length;
  const other = new DatabaseSync(join(gateway.dataDir, 'click2call.db'));
  other.exec('BEGIN IMMEDIATE');
  const refused = await gateway.click(ORDER);
  expect(refused.response.errors.map(({ error }) => error.code)).toEqual(['server_busy']);
  expect(pbx.calls().length).toBe(rung);
  other.exec('COMMIT');
  other.close();
  await expect.poll(async () => (await gateway.click(ORDER)).response.status, PATIENCE).toBe('success');
  const states = async () => (await everyCall(gateway)).map(({ life }) => life.state);
  await expect.poll(async () => new Set(await states()), PATIENCE).toEqual(new Set(['ended']));
  expect((await states()).length).toBe(pbx.calls().length);
});
