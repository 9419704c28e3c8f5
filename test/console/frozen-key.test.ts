import { expect, test } from 'vitest';
import { createKey } from '../../src/access/keys.ts';
import { SYSTEM } from '../../src/audit/act.ts';
import { axeFindings } from './axe.ts';
import { startStage } from './stage.ts';

test('a key that froze itself says why, and goes on after one act of its owner', async () => {
  await using stage = await startStage();
  const { account, key, parts } = stage.gateway;
  const { record } = await createKey(parts.store.keys, parts.clock, account.id, 'crm');
  const reason = '5 calls in 2 minutes to Cuba (CU), where this key never called before';
  await parts.store.breaker.freeze(
    {
      keyId: record.id,
      tenantId: account.id,
      frozenAtMicros: parts.clock.nowMicros(),
      reason,
      counts: [],
      unfrozenAtMicros: undefined,
    },
    {
      log: account.id,
      atMicros: 1,
      by: SYSTEM,
      action: 'key.freeze',
      subject: record.id,
      detail: { reason },
    },
  );
  const { page, complaints } = await stage.open({ key });
  await page.goto('/console/keys');
  await page.getByText(reason).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Unfreeze crm' }).click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Unfreeze', exact: true }).click();
  await page.getByText('crm makes calls again.').waitFor();
  await expect.poll(() => page.getByText('Frozen', { exact: true }).count()).toBe(0);
  expect(await parts.store.breaker.frozenKeys(account.id)).toEqual([]);
  expect(complaints).toEqual([]);
});
