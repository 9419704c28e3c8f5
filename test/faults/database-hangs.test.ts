import { afterAll, beforeAll, expect, it } from 'vitest';
import { startClicks } from './lanes.ts';
import { startOnPostgres, type OnPostgres } from './on-postgres.ts';

const PATIENCE = { timeout: 60_000, interval: 20 };

let stage: OnPostgres;
beforeAll(async () => {
  stage = await startOnPostgres();
});
afterAll(async () => {
  stage.postgres.thaw();
  await stage[Symbol.asyncDispose]();
});

it('PostgreSQL hangs with its connections open: refused within seconds, nobody rings unwritten, and it goes on by itself', async () => {
  const { gateway, pbx, postgres } = stage;
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
    const rows = await stage.rows<{ id: string }>("SELECT id FROM call WHERE outcome = 'accepted'");
    const written = new Set(rows.map(({ id }) => id));
    return [...clicks.ids('success'), ...rung].filter((id) => !written.has(id));
  };
  await expect.poll(unwritten, PATIENCE).toEqual([]);
}, 180_000);
