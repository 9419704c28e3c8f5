import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '../../src/audit/act.ts';
import { openParts, startServer } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import { startSandboxGateway } from '../gateway.ts';
import { startReceiver } from '../receiver.ts';
import { startPostgres, type TestPostgres } from '../postgres.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

describe('several servers on one PostgreSQL', () => {
  it('make one call of one click that comes to two of them at the same instant', async () => {
    const environment = {
      C2C_DATABASE_URL: await postgres.createDatabase(),
      C2C_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      C2C_LOG_LEVEL: 'silent',
    };
    await using first = await startSandboxGateway(environment);
    const second = await startServer(await openParts(readConfig({ ...environment, C2C_HTTP_PORT: '0' })));
    try {
      const answers = await Promise.all(
        [first.url, second.urls[0]].map(async (url) => {
          const clicked = await fetch(`${url}/c2c/v2?dial_first=101&dial_second=102&api_key=${first.key}`);
          return ((await clicked.json()) as CallResponse).response;
        }),
      );
      expect(new Set(answers.map((answer) => answer.request_id)).size).toBe(1);
      expect(answers.filter((answer) => answer.repeated === true)).toHaveLength(1);
      expect(answers.map((answer) => answer.status)).toEqual(['success', 'success']);
      expect(first.pbx.calls()).toHaveLength(1);
    } finally {
      await second.close();
    }
  });

  it("tell each other's calls: to streams without loss or repeat, and to webhooks in the order of each call", async () => {
    const environment = {
      C2C_DATABASE_URL: await postgres.createDatabase(),
      C2C_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      C2C_LOG_LEVEL: 'silent',
      C2C_REPEAT_WINDOW_MS: '0',
    };
    await using crm = await startReceiver();
    await using first = await startSandboxGateway(environment, { pace: 0.05 });
    const parts = await openParts(readConfig({ ...environment, C2C_HTTP_PORT: '0' }));
    const second = await startServer(parts);
    const url = second.urls[0] ?? '';
    const over = new AbortController();
    try {
      const { webhooks } = first.parts;
      await webhooks.add(first.account.id, { url: crm.url, types: undefined, label: '' }, SYSTEM);
      const streams = await Promise.all([first.url, url].map((each) => follow(each, first.key, over.signal)));
      const clicks = Array.from({ length: 40 }, async (_, index) => {
        const parameters = { dial_first: '101', dial_second: '104', pbx: 'main', api_key: first.key };
        await fetch(`${index % 2 === 0 ? first.url : url}/c2c/v2?${new URLSearchParams(parameters)}`);
      });
      await Promise.all(clicks);
      const ends = () => crm.events().filter(({ type }) => type === 'call.ended').length;
      await expect.poll(ends, { timeout: 60_000 }).toBe(40);
      const told = crm.events().map(({ id }) => id);
      expect(new Set(told).size, 'once').toBe(told.length);
      for (const numbers of Map.groupBy(crm.events(), ({ call }) => call.id).values())
        expect(numbers.map(({ number }) => number)).toEqual(numbers.map((_, index) => index + 1));
      for (const stream of streams) {
        await expect.poll(() => stream.length, { timeout: 10_000 }).toBe(told.length);
        expect(stream).toEqual(told.map((_, index) => index + 1));
      }
    } finally {
      over.abort();
      await second.close();
    }
  }, 90_000);
});

/** The ids of a stream's events, as they come. */
async function follow(url: string, key: string, signal: AbortSignal): Promise<readonly number[]> {
  const ids: number[] = [];
  const answer = await fetch(`${url}/v3/events`, { headers: { authorization: `Bearer ${key}` }, signal });
  const read = async () => {
    let rest = '';
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const [, id] of blocks.join('\n\n').matchAll(/^id: (\d+)\nevent: /gm)) ids.push(Number(id));
    }
  };
  read().catch(() => undefined);
  return ids;
}
