import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SYSTEM } from '../audit/act.ts';
import { openStore } from '../store/open-store.ts';
import { objectOf, testCli } from './test-cli.ts';

test('a key that froze itself is listed as frozen, and unfrozen by one command', async () => {
  const cli = await testCli();
  await cli.run(['account', 'create', '--name', 'acme']);
  const { id } = objectOf((await cli.run(['key', 'create', '--account', 'acme', '--json'])).stdout);
  const unfreeze = ['key', 'unfreeze', '--account', 'acme', String(id)];
  expect((await cli.run(unfreeze)).stdout).toMatch(/^The key \S+… is not frozen\.\n$/);

  const store = await openStore({ url: join(cli.dataDir, 'click2call.db') });
  const [tenant] = await store.directory.tenants();
  const log = tenant?.id ?? '';
  await store.breaker.freeze(
    {
      keyId: String(id),
      tenantId: log,
      frozenAtMicros: Date.UTC(2026, 10, 25) * 1000,
      reason: '5 calls in 2 minutes to Cuba (CU)',
      counts: [],
      unfrozenAtMicros: undefined,
    },
    { log, atMicros: 1, by: SYSTEM, action: 'key.freeze', subject: String(id), detail: {} },
  );
  await store.close();

  const list = ['key', 'list', '--account', 'acme'];
  expect((await cli.run(list)).stdout).toContain('2026-11-25T00:00:00.000000Z');
  const unfrozen = await cli.run(unfreeze);
  expect(unfrozen).toMatchObject({ code: 0, stderr: '' });
  expect(unfrozen.stdout).toMatch(
    /^Unfroze the key \S+…, which was frozen for 5 calls in 2 minutes to Cuba \(CU\)\.\n$/,
  );
  expect((await cli.run(list)).stdout).not.toContain('2026-11-25T00:00:00.000000Z');
  expect((await cli.run(['audit', 'list', '--account', 'acme'])).stdout).toContain('key.unfreeze');
});
