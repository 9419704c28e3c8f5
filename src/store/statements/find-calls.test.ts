import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../open-store.ts';
import { sqliteCompiler } from '../sqlite/compiler.ts';
import { SqliteConnection } from '../sqlite/connection.ts';
import { FILTERS, someValues } from './test-filters.ts';
import { findCallsStatements } from './find-calls.ts';

const folder = mkdtempSync(join(tmpdir(), 'c2c-explain-'));
const path = join(folder, 'store.db');
let connection: SqliteConnection;
beforeAll(async () => {
  const store = await openStore({ url: `sqlite:${path}` });
  await store.close();
  connection = new SqliteConnection(path, 1000);
});
afterAll(() => {
  connection.close();
  rmSync(folder, { recursive: true, force: true });
});

/** How SQLite would run it, one line a step. */
function explain(filter: (typeof FILTERS)[number]): string[] {
  const { statement, values } = findCallsStatements(sqliteCompiler())(filter.names)(someValues());
  const rows = connection.database.prepare(`explain query plan ${statement.sql}`).all(...values);
  return rows.map(({ detail }) => String(detail));
}

describe('a list of calls in SQLite', () => {
  it.each(FILTERS)('asked by $names goes through $index alone, in its order, without a sort', (filter) => {
    const [step, ...others] = explain(filter);
    expect(step).toMatch(new RegExp(`^SEARCH call USING INDEX ${filter.index} \\(`));
    expect(others).toEqual([]);
  });
});
