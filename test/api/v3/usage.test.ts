import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Usage } from '../../../contract/v3/usage.ts';
import { startFreeswitchGateway, type FreeswitchGateway } from '../../freeswitch-gateway.ts';
import { ask } from './client.ts';

let gateway: FreeswitchGateway;
beforeAll(async () => {
  gateway = await startFreeswitchGateway();
  const make = (dial_first: string, dial_second: string) =>
    ask(gateway, 'POST /v3/calls?wait=ended', { body: { pbx: 'main', dial_first, dial_second } });
  await make('103', '410');
  await make('103', '486');
  await make('103', '486');
  // Refused before a PBX was asked: no call.
  await make('x', '103');
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe('GET /v3/usage', () => {
  it('says what calls came to, by the hour, also of the hours without any', async () => {
    const { body } = await ask<Usage>(gateway, 'GET /v3/usage?by=hour');
    expect(body.total).toMatchObject({
      calls: 3,
      answered: 1,
      answer_rate: 1 / 3,
      time_to_answer: { p50: expect.any(Number), p90: expect.any(Number) },
      talk_seconds: expect.any(Number),
      dispositions: { answered: 1, busy: 2, failed: 0 },
    });
    expect(body.total.talk_seconds).toBeGreaterThan(0);
    expect(body.periods).toHaveLength(7 * 24 + 1);
    expect(body.periods[0]).toMatchObject({ from: body.from, calls: 0, answer_rate: null });
    expect(body.periods.reduce((sum, { calls }) => sum + calls, 0)).toBe(3);
  });

  it('widens what is asked for to whole days', async () => {
    const { body } = await ask<Usage>(
      gateway,
      'GET /v3/usage?from=2026-03-01T13:00:00%2B02:00&to=2026-03-02T00:00:00.000001Z',
    );
    expect(body).toMatchObject({
      by: 'day',
      from: '2026-03-01T00:00:00.000000Z',
      to: '2026-03-03T00:00:00.000000Z',
      total: { calls: 0, time_to_answer: null },
    });
    expect(body.periods.map(({ from }) => from.slice(0, 10))).toEqual(['2026-03-01', '2026-03-02']);
  });

  it("counts nothing of another account's", async () => {
    const { key } = await gateway.addAccount('Stranger');
    expect((await ask<Usage>(gateway, 'GET /v3/usage', { key })).body.total.calls).toBe(0);
  });

  it.each([
    ['by', 'by=week'],
    ['from', 'from=yesterday'],
    ['from', 'from=2026-03-02T00:00:00Z&to=2026-03-02T00:00:00Z'],
    ['from', 'by=hour&from=2026-01-01T00:00:00Z&to=2026-03-02T00:00:00Z'],
    ['from', 'from=2024-01-01T00:00:00Z&to=2026-03-02T00:00:00Z'],
  ])('refuses a wrong %s by its name: %s', async (field, query) => {
    const answer = await ask(gateway, `GET /v3/usage?${query}`);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });
});
