import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../open-store.ts';
import { sqliteCompiler } from '../sqlite/compiler.ts';
import { SqliteConnection } from '../sqlite/connection.ts';
import { FILTERS, someValues } from './test-filters.ts';
import { findCallsStatements, type FindValues } from './find-calls.ts';
import type { Step } from '../statement.ts';

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
function explain(fill: ((values: FindValues) => Step<unknown>) | undefined): string[] {
  if (fill === undefined) return [];
  const { statement, values } = fill(someValues());
  const rows = connection.database.prepare(`explain query plan ${statement.sql}`).all(...values);
  return rows.map(({ detail }) => String(detail));
}

describe('a list of calls in SQLite', () => {
  it.each(FILTERS)('asked by $names goes through $index alone, in its order', ({ names, index, isPlain }) => {
    const { find, lastLookedAt } = findCallsStatements(sqliteCompiler())(names);
    const steps = explain(find).filter((step) => /^(SEARCH|SCAN) call/.test(step));
    const [first, ...others] = steps;
    expect(first).toMatch(new RegExp(`^SEARCH call USING INDEX ${index} \\(`));
    // What was looked at, and nothing else, is looked through for the rest.
    expect(others).toEqual(isPlain ? [] : ['SCAN call']);
    if (isPlain) expect(explain(find)).toEqual([first]);
    else expect(explain(lastLookedAt)).toEqual([expect.stringContaining(`USING COVERING INDEX ${index} `)]);
  });
});
