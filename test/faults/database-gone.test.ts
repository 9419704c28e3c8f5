import { Client as Database } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAmiSandbox, type AmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startGatewayProcess, type GatewayProcess } from '../journeys/gateway.ts';
import { startPostgres, type TestPostgres } from '../postgres.ts';
import { expectBusy, startClicks } from './lanes.ts';

const PATIENCE = { timeout: 60_000, interval: 20 };
const LOGIN = { username: 'c2c', secret: 'canary' };
const ROUNDS = 2;

let pbx: AmiSandbox;
let postgres: TestPostgres;
let gateway: GatewayProcess;
let url: string;

beforeAll(async () => {
  pbx = await startAmiSandbox({ ...LOGIN, pace: 0.05 });
  postgres = await startPostgres();
  url = await postgres.createDatabase();
  const settings = { originates_per_second: 1000, calls_in_progress: 1000 };
  const door = { amiPort: pbx.port, amiUsers: { c2c: LOGIN } };
  gateway = await startGatewayProcess(door, { settings, environment: { C2C_DATABASE_URL: url } });
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await postgres.stop();
  await pbx.close();
});

interface Row {
  readonly id: string;
  readonly outcome: string;
  readonly state: string;
}

async function everyRow(): Promise<Row[]> {
  const database = new Database({ connectionString: url });
  await database.connect();
  const { rows } = await database.query<Row>('SELECT id, outcome, state FROM call');
  await database.end();
  return rows;
}

it('PostgreSQL goes and comes back under load: refused clearly meanwhile, nothing lost that was answered, and no restart', async () => {
  const answered: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const clicks = startClicks(gateway);
    await expect.poll(() => clicks.ids('success').length, PATIENCE).toBeGreaterThan(20);
    await postgres.halt();
    const refused = clicks.ids('fail').length;
    await expect.poll(() => clicks.ids('fail').length, PATIENCE).toBeGreaterThan(refused + 20);
    await expectBusy(gateway);
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(503);
    const before = clicks.ids('success').length;
    await postgres.resume();
    await expect.poll(() => clicks.ids('success').length, PATIENCE).toBeGreaterThan(before + 20);
    await clicks.stop();
    const errors = clicks.answers.flatMap(({ response }) => response.errors);
    expect(new Set(errors.map(({ error }) => error.code))).toEqual(new Set(['server_busy']));
    answered.push(...clicks.ids('success'));
  }
  const open = async () => (await everyRow()).filter(({ state }) => state !== 'ended' && state !== 'unknown');
  await expect.poll(open, { timeout: 60_000, interval: 500 }).toEqual([]);
  const rows = await everyRow();
  const accepted = new Set(rows.filter(({ outcome }) => outcome === 'accepted').map(({ id }) => id));
  expect(
    answered.filter((id) => !accepted.has(id)),
    'what was answered is in the journal',
  ).toEqual([]);
  const rung = pbx.calls().map(({ channelId }) => channelId.slice('c2c-'.length));
  expect(
    rung.filter((id) => !accepted.has(id)),
    'and so is who rang',
  ).toEqual([]);
}, 180_000);
