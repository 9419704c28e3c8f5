import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newTenant, tenant } from '../conformance/samples.ts';
import { openStore } from '../open-store.ts';
import { tenantRow } from '../rows.ts';
import { writeStatements } from '../statements/writes.ts';
import { sqliteCompiler } from './compiler.ts';
import { plansOf } from './write-plans.ts';
import { WorkerCommitter } from './worker-committer.ts';

it('replaces a writer that was lost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'c2c-sqlite-'));
  const path = join(folder, 'later', 'store.db');
  const committer = new WorkerCommitter({
    path,
    busyTimeoutMs: 50,
    plans: plansOf(writeStatements(sqliteCompiler(), 'sqlite')),
  });
  try {
    // The folder is missing: the thread dies as it starts.
    const lost = committer.commit([['addTenant', tenantRow(tenant()), []]]);
    await expect(lost).rejects.toMatchObject({ name: 'StoreError', fault: 'unavailable' });
    mkdirSync(join(folder, 'later'));
    const store = await openStore({ url: path });
    await newTenant(store);
    await store.close();
    expect(await committer.commit([['addTenant', tenantRow(tenant()), []]])).toEqual([true]);
  } finally {
    await committer.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
