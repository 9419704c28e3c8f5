import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openParts, startServer } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import { startSandboxGateway } from '../gateway.ts';
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
});
