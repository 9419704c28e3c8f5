import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../../test/postgres.ts';
import type { TestPostgres } from '../../../test/postgres.ts';
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
