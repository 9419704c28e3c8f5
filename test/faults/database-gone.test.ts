import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectBusy, startClicks } from './lanes.ts';
import { startOnPostgres, type OnPostgres } from './on-postgres.ts';

const PATIENCE = { timeout: 60_000, interval: 20 };
const ROUNDS = 2;

let stage: OnPostgres;
beforeAll(async () => {
  stage = await startOnPostgres();
});
afterAll(() => stage[Symbol.asyncDispose]());

interface Row {
  readonly id: string;
  readonly outcome: string;
  readonly state: string;
}

const everyRow = () => stage.rows<Row>('SELECT id, outcome, state FROM call');

it('PostgreSQL goes and comes back under load: refused clearly meanwhile, nothing lost that was answered, and no restart', async () => {
  const { gateway, pbx, postgres } = stage;
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
