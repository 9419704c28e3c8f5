/*
 * Fills an SQLite store with calls of the past, to see what a long journal costs.
 * Usage: node bench/fill-journal.ts <file> <calls>
 */
import { randomUUIDv7 } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { openStore } from '../src/store/open-store.ts';

const CALLS_AT_ONCE = 20_000;
/** 2025-01-01, in milliseconds; the calls follow at ten a second. */
const START_MS = 1_735_689_600_000;

export interface Fill {
  readonly path: string;
  readonly calls: number;
  readonly tenants: number;
}

/** Gives the accounts' ids. Each call has four entries of together about two kilobytes, as a real one. */
export async function fillJournal({ path, calls, tenants }: Fill): Promise<string[]> {
  const store = await openStore({ url: path });
  const ids = Array.from({ length: tenants }, () => randomUUIDv7());
  for (const id of ids) {
    await store.directory.addTenant({ id, slug: `bench-${id}`, name: 'Bench', createdAtMicros: 0 }, []);
  }
  await store.close();
  // A gateway may run on it, and say now and then that it lives.
  const database = new DatabaseSync(path, { timeout: 20_000 });
  database.exec(
    'PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; CREATE TEMP TABLE account (slot INTEGER PRIMARY KEY, id TEXT)',
  );
  for (const [n, id] of ids.entries()) database.prepare('INSERT INTO account VALUES (?, ?)').run(n, id);
  for (let from = 0; from < calls; from += CALLS_AT_ONCE) {
    addCalls(database, from, Math.min(calls, from + CALLS_AT_ONCE), tenants);
  }
  database.close();
  return ids;
}

/** Most are answered, and one in a hundred thousand fails. */
const DISPOSITION = `CASE WHEN counter.n % 100000 = 7 THEN 'failed' WHEN counter.n % 10 < 6 THEN 'answered'
  WHEN counter.n % 10 < 8 THEN 'no_answer' WHEN counter.n % 10 < 9 THEN 'busy' ELSE 'declined' END`;
const LEG = (side: string) => `{"side":"${side}","state":"ended"}`;
const LIFE = `'{"state":"ended","legs":[${LEG('first')},${LEG('second')}],"endedBy":"pbx","told":6,"disposition":"' || ${DISPOSITION} || '"}'`;

function addCalls(database: DatabaseSync, from: number, to: number, tenants: number): void {
  // An id of version 7 whose time is that of the call.
  const id = `printf('%08x-%04x-7000-8000-%012x', (${START_MS} + n * 100) >> 16, (${START_MS} + n * 100) & 65535, n)`;
  const numbers = `WITH RECURSIVE counter(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM counter WHERE n + 1 < ${to})`;
  database.exec('BEGIN');
  database.exec(`
    ${numbers}
    INSERT INTO call (id, tenant_id, pbx_name, outcome, asked_at, first, second, reference, error_token, next_seq,
      state, disposition, life)
    SELECT ${id}, account.id, 'Office', 'accepted', (${START_MS} + counter.n * 100) * 1000,
      CAST(100 + counter.n % 80 AS TEXT), CAST(15551000000 + counter.n % 5000 AS TEXT),
      CASE counter.n % 50 WHEN 0 THEN 'order ' || counter.n END, hex(randomblob(9)), 4,
      'ended', ${DISPOSITION}, ${LIFE}
    FROM counter CROSS JOIN account ON account.slot = counter.n % ${tenants}`);
  database.exec(`
    ${numbers}, entry(seq, kind, size) AS (VALUES (0, 'request', 420), (1, 'sent', 800), (2, 'received', 250), (3, 'answer', 300))
    INSERT INTO journal_entry (call_id, seq, at, kind, data)
    SELECT ${id}, seq, (${START_MS} + n * 100) * 1000 + seq, kind, '"' || hex(zeroblob(size / 2)) || '"'
    FROM counter CROSS JOIN entry`);
  database.exec('COMMIT');
}

const [, script, path, calls] = process.argv;
if (script !== undefined && path !== undefined && import.meta.url === pathToFileURL(script).href) {
  await fillJournal({ path, calls: Number(calls), tenants: 100 });
}
