import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../../test/postgres.ts';
import type { TestPostgres } from '../../../test/postgres.ts';
import { FILTERS, someValues } from '../statements/test-filters.ts';
import { findCallsStatements } from '../statements/find-calls.ts';
import { postgresCompiler } from './compiler.ts';
import { newTenant, opening } from '../conformance/samples.ts';
import { describeStore } from '../conformance/describe-store.ts';
import { openStore } from '../open-store.ts';

let server: TestPostgres | undefined;

function postgres(): TestPostgres {
  if (server === undefined) throw new Error('PostgreSQL is started before the tests run.');
  return server;
}

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.stop());

describeStore('PostgreSQL', async () => ({ url: await postgres().createDatabase(), remove: () => {} }));

/** So many calls that the planner goes by what things cost: one in fifty ours, and what is asked for seldom among them. */
async function fillWithCalls(client: Client): Promise<void> {
  const tenants = [someValues().tenantId, ...Array.from({ length: 49 }, (_, index) => `other-${index}`)];
  await client.query(
    'insert into tenant (id, slug, name, created_at) select id, id, id, 0 from unnest($1::text[]) id',
    [tenants],
  );
  await client.query(
    `insert into "call" (id, tenant_id, outcome, state, disposition, pbx_name, first, second, reference,
       asked_at, error_token, next_seq)
     select '019b2f3e-' || lpad(to_hex(i), 4, '0') || '-7000-8000-000000000000', ($1::text[])[i % 50 + 1],
       'accepted', case i % 499 when 0 then 'ended' when 1 then 'connected' else 'unknown' end,
       case when i % 499 = 1 then null when i % 397 = 0 then 'busy' else 'answered' end,
       'main' || i % 293, i % 307, i % 211, 'order ' || i, i, 't', 0
     from generate_series(0, 60000) i`,
    [tenants],
  );
  await client.query('analyze');
}

describe('a list of calls in PostgreSQL', () => {
  let client: Client;
  beforeAll(async () => {
    const url = await postgres().createDatabase();
    await (await openStore({ url })).close();
    client = new Client({ connectionString: url });
    await client.connect();
    await fillWithCalls(client);
  });
  afterAll(() => client.end());

  it.each(FILTERS)('asked by $names goes through $index', async (filter) => {
    const { statement, values } = findCallsStatements(postgresCompiler())(filter.names).find(someValues());
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${statement.sql}`, [...values]);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    // Of a few calls the index is read whole and they are sorted, which is as cheap.
    expect(plan).toMatch(new RegExp(`(using|on) ${filter.index} `));
    expect(plan).not.toContain('Seq Scan');
  });
});

describe('PostgreSQL that goes away', () => {
  it('rejects reads and writes clearly meanwhile, and works again afterwards', async () => {
    const store = await openStore({ url: await postgres().createDatabase() });
    const tenantId = await newTenant(store);
    await postgres().halt();
    try {
      await expect(store.journal.open(opening(tenantId))).rejects.toMatchObject({ fault: 'unavailable' });
      await expect(store.directory.tenants()).rejects.toMatchObject({ fault: 'unavailable' });
    } finally {
      await postgres().resume();
    }
    const made = opening(tenantId);
    await store.journal.open(made);
    expect(await store.journal.callById(made.call.id)).toEqual(made.call);
    await store.close();
  });

  it('rejects what was on its way when the connection was cut', async () => {
    const store = await openStore({ url: await postgres().createDatabase() });
    const tenantId = await newTenant(store);
    const opened = Array.from({ length: 2000 }, () => store.journal.open(opening(tenantId)));
    const results = Promise.allSettled(opened);
    await postgres().halt();
    await postgres().resume();
    const faults = (await results).flatMap((each) =>
      each.status === 'rejected' ? [each.reason as unknown] : [],
    );
    for (const fault of faults) expect(fault).toMatchObject({ name: 'StoreError', fault: 'unavailable' });
    await store.journal.open(opening(tenantId));
    await store.close();
  });

  it('says why where there is no server', async () => {
    const nobody = openStore({ url: 'postgres://nobody@127.0.0.1:1/nothing' });
    await expect(nobody).rejects.toMatchObject({ name: 'StoreError', fault: 'unavailable' });
  });
});

it('lets no statement alone alter or cut the audit', async () => {
  const url = await postgres().createDatabase();
  await (await openStore({ url })).close();
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of [
    "update audit_entry set detail = ''",
    'delete from audit_entry',
    'truncate audit_entry',
  ]) {
    await expect(client.query(statement)).rejects.toThrow('The audit log is append-only.');
  }
  await client.end();
});
