import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { expect, it } from 'vitest';
import { hashOfKey } from '../../access/key-text.ts';
import { authenticate } from '../../access/keys.ts';
import { ALL_RIGHTS } from '../../access/limits.ts';
import { systemClock } from '../../kit/clock.ts';
import { openStore } from '../open-store.ts';
import { sqliteDialect } from '../sqlite/kysely-dialect.ts';
import { openForWriting } from '../sqlite/open-connection.ts';
import { migrate } from './migrate.ts';

it('lets a key of before keys had limits go on working, with all rights', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'c2c-'));
  const path = join(folder, 'click2call.db');
  const before = openForWriting(path, 1_000);
  await migrate(new Kysely<unknown>({ dialect: sqliteDialect(before.database) }), 'sqlite', '0006-webhooks');
  const key = 'c2c_0123456789abcdefABCDEF0123456789';
  before.database.exec(`
    insert into tenant (id, slug, name, created_at) values ('t', 'acme', 'Acme', 1);
    insert into api_key (id, tenant_id, label, prefix, hash, created_at, last_used_at, revoked_at)
      values ('k', 't', 'crm', 'c2c_012345', '${hashOfKey(key)}', 1, null, null)`);
  before.close();

  const store = await openStore({ url: path });
  expect(await store.keys.keysOf('t')).toMatchObject([{ id: 'k', label: 'crm', ...ALL_RIGHTS }]);
  expect(await authenticate(store.keys, systemClock, key)).toEqual({
    tenantId: 't',
    keyId: 'k',
    kind: 'live',
    limits: {},
  });
  await store.close();
  await rm(folder, { recursive: true });
});
