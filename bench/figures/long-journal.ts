import { DatabaseSync } from 'node:sqlite';
import { createKey } from '../../src/access/keys.ts';
import { openParts } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { fillJournal } from '../fill-journal.ts';
import { databaseOf, gatewayEnv } from '../kit/account.ts';
import type { Bench, Figure, Subject } from '../kit/bench.ts';
import { click, type HttpLoad } from '../kit/clicks.ts';
import { getRequest } from '../kit/load.ts';
import { alternate } from '../kit/rounds.ts';
import { atMost, ratioRow } from '../kit/row.ts';
import { median } from '../kit/stats.ts';

const CALLS = 1_000_000;
/** So few that the journal is as good as empty, and enough to ask for. */
const CALLS_OF_SHORT = 100;
const TENANTS = 100;
const CLICKS = 500;
const QUERIES = 1000;

interface Journal {
  readonly subject: Subject;
  /** Status queries, spread over one account's calls. */
  readonly statusPaths: readonly string[];
}

/** Whether a click and a status query feel the weight of what was written before. */
export const longJournal: Figure = async (bench) => {
  await using stack = new AsyncDisposableStack();
  const long = await makeJournal(bench, CALLS);
  stack.use(long.subject);
  const short = await makeJournal(bench, CALLS_OF_SHORT);
  stack.use(short.subject);
  const http = await bench.http();
  const clicks = await alternate(
    bench.rounds,
    () => clickMs(http, long),
    () => clickMs(http, short),
  );
  const queries = await alternate(
    bench.rounds,
    () => statusMs(http, long),
    () => statusMs(http, short),
  );
  return [
    ratioRow(
      '6. p50 of a click after 1,000,000 calls, a stub as PBX',
      clicks,
      'ms',
      atMost(1.1),
      'empty journal',
    ),
    ratioRow('   p50 of a status query among 1,000,000 calls', queries, 'ms', atMost(1.1), 'empty journal'),
  ];
};

async function clickMs(http: HttpLoad, { subject: { gateway, key } }: Journal): Promise<number> {
  return median((await click(http, gateway, key, { atOnce: 1, count: CLICKS })).latencies);
}

async function statusMs(http: HttpLoad, { subject, statusPaths }: Journal): Promise<number> {
  const { latencies } = await http.run({
    port: subject.gateway.port,
    requests: statusPaths.map(getRequest),
    connections: 1,
    count: QUERIES,
    expect: '"c2c_status"',
  });
  return median(latencies);
}

async function makeJournal(bench: Bench, calls: number): Promise<Journal> {
  const subject = await bench.subject([await bench.stub()]);
  // The first click of a gateway has look-ups in its journal; this one is like nearly all.
  await click(await bench.http(), subject.gateway, subject.key, { atOnce: 1, count: 1 });
  const path = databaseOf(subject.dataDir);
  const [tenantId = ''] = await fillJournal({ path, calls, tenants: TENANTS });
  const parts = await openParts(readConfig({ ...gatewayEnv(subject.dataDir), C2C_LOG_LEVEL: 'warn' }));
  const { key } = await createKey(parts.store.keys, parts.clock, tenantId, 'status');
  await parts.close();
  const ids = makeReadable(path, tenantId);
  return { subject, statusPaths: ids.map((id) => `/c2c/v2/status/${id}?api_key=${key}`) };
}

/** Gives calls of an account that lie far apart, after putting into them what the journal holds of a real one. */
function makeReadable(path: string, tenantId: string): string[] {
  const database = new DatabaseSync(path, { timeout: 5000 });
  const [real] = database.prepare('SELECT id FROM call ORDER BY asked_at DESC LIMIT 1').all();
  const entries = database
    .prepare('SELECT seq, kind, data FROM journal_entry WHERE call_id = ?')
    .all(real?.['id'] ?? '');
  const ids = database
    .prepare('SELECT id FROM call WHERE tenant_id = ? ORDER BY id')
    .all(tenantId)
    .map(({ id }) => String(id));
  const every = Math.max(1, Math.floor(ids.length / QUERIES));
  const chosen = ids.filter((_, index) => index % every === 0);
  const update = database.prepare(
    'UPDATE journal_entry SET kind = ?, data = ? WHERE call_id = ? AND seq = ?',
  );
  database.exec('BEGIN IMMEDIATE');
  for (const id of chosen) {
    for (const { kind, data, seq } of entries) update.run(kind ?? '', data ?? '', id, seq ?? 0);
  }
  database.exec('COMMIT');
  database.close();
  return chosen;
}
