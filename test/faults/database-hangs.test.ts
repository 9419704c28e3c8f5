import { Client as Database } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAmiSandbox, type AmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startGatewayProcess, type GatewayProcess } from '../journeys/gateway.ts';
import { startPostgres, type TestPostgres } from '../postgres.ts';
import { startClicks } from './lanes.ts';

const PATIENCE = { timeout: 60_000, interval: 20 };
const LOGIN = { username: 'c2c', secret: 'canary' };

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
  postgres.thaw();
  await gateway[Symbol.asyncDispose]();
  await postgres.stop();
  await pbx.close();
});

it('PostgreSQL hangs with its connections open: refused within seconds, nobody rings unwritten, and it goes on by itself', async () => {
  const clicks = startClicks(gateway);
  await expect.poll(() => clicks.ids('success').length, PATIENCE).toBeGreaterThan(20);
  postgres.freeze();
  const refused = clicks.ids('fail').length;
  const began = performance.now();
  await expect.poll(() => clicks.ids('fail').length, PATIENCE).toBeGreaterThan(refused);
  expect(performance.now() - began, 'ten seconds are given to an answer').toBeLessThan(20_000);
  expect((await fetch(`${gateway.url}/healthz`)).status).toBe(503);
  const before = clicks.ids('success').length;
  postgres.thaw();
  await expect.poll(() => clicks.ids('success').length, PATIENCE).toBeGreaterThan(before + 20);
  await clicks.stop();
  const errors = clicks.answers.flatMap(({ response }) => response.errors);
  expect(new Set(errors.map(({ error }) => error.code))).toEqual(new Set(['server_busy']));
  // What became of an order that was under way when it hung is written when it goes on.
  const rung = pbx.calls().map(({ channelId }) => channelId.slice('c2c-'.length));
  const unwritten = async () => {
    const written = await acceptedIds();
    return [...clicks.ids('success'), ...rung].filter((id) => !written.has(id));
  };
  await expect.poll(unwritten, PATIENCE).toEqual([]);
}, 180_000);

async function acceptedIds(): Promise<ReadonlySet<string>> {
  const database = new Database({ connectionString: url });
  await database.connect();
  const { rows } = await database.query<{ id: string }>("SELECT id FROM call WHERE outcome = 'accepted'");
  await database.end();
  return new Set(rows.map(({ id }) => id));
}
