import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordOf } from '../../src/access/keys.ts';
import { SYSTEM } from '../../src/audit/act.ts';
import { findingsInBothLights } from './axe.ts';
import { openDialog } from './dialog.ts';
import { enter, goTo } from './sign-up.ts';
import { startStage, type Stage } from './stage.ts';

let stage: Stage;
let page: Page;
let complaints: readonly string[];
beforeAll(async () => {
  stage = await startStage('open');
  ({ page, complaints } = await stage.open());
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await enter(page);
  await goTo(page, 'Keys');
});
afterAll(() => stage[Symbol.asyncDispose]());

/** One click with a key. @returns the codes of its errors; none where the PBX took it */
async function click(key: string, second = '102'): Promise<readonly string[]> {
  const { response } = await stage.gateway.click({ dial_first: '101', dial_second: second, api_key: key });
  return response.errors.map(({ error }) => error.code);
}

function dialog() {
  return openDialog(page);
}

/** Rows of the keys that are called so, newest first. */
function rows(label: string) {
  return page.getByRole('table', { name: 'Keys' }).getByRole('row').filter({ hasText: label });
}

async function shownKey(): Promise<string> {
  return dialog().getByRole('figure', { name: 'The key' }).locator('pre').innerText();
}

async function putAway(): Promise<void> {
  await dialog().getByRole('button', { name: 'I have it' }).click();
  await dialog().waitFor({ state: 'detached' });
}

/** Makes a key that is called so, by the page. */
async function make(label: string): Promise<string> {
  await page.getByRole('button', { name: 'Make a key' }).click();
  await dialog().getByLabel('What it is for').fill(label);
  await dialog().getByRole('button', { name: 'Make it' }).click();
  const key = await shownKey();
  await putAway();
  return key;
}

describe('a key', () => {
  it('is made with its limits, shown once and copied, and clicks within them', async () => {
    await page.getByRole('button', { name: 'Make a key' }).click();
    await dialog().getByLabel('What it is for').fill('CRM');
    await dialog().getByText('Its limits: whom, from where, how many').click();
    await dialog()
      .getByLabel(/^May dial \(/)
      .fill('10x');
    await dialog().getByLabel('Calls a minute').fill('many');
    // Folded away again, what is wrong in there is seen all the same.
    await dialog().getByText('Its limits: whom, from where, how many').click();
    await dialog().getByRole('button', { name: 'Make it' }).click();
    await dialog()
      .getByText(/^per_minute /)
      .waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    await dialog().getByLabel('Calls a minute').fill('60');
    await dialog().getByRole('button', { name: 'Make it' }).click();
    const key = await shownKey();
    expect(await findingsInBothLights(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Copy: The key' }).click();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(key);
    await putAway();
    expect(await page.content()).not.toContain(key);
    await expect.poll(() => rows('CRM').innerText()).toMatch(/Live[^]*to 10x[^]*60 a minute/);
    expect(await click(key)).toEqual([]);
    expect(await click(key, '201')).toEqual(['key_limit']);
    expect(complaints).toEqual([]);
  });

  it('that would have no rights is refused where the rights are chosen', async () => {
    await page.getByRole('button', { name: 'Make a key' }).click();
    await dialog().getByText('What it may do: everything').click();
    for (const right of await dialog().getByRole('checkbox').all()) await right.uncheck({ force: true });
    await dialog().getByRole('button', { name: 'Make it' }).click();
    await dialog()
      .getByText(/^scopes /)
      .waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('is rotated: both click for the time that was chosen, and where that is none, the new one is shown still', async () => {
    const old = await make('web shop');
    await page.getByRole('button', { name: 'Rotate web shop' }).click();
    expect(await findingsInBothLights(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'The old one goes on' }).click();
    await page.getByRole('option', { name: 'For an hour' }).click();
    await dialog().getByRole('button', { name: 'Rotate' }).click();
    const second = await shownKey();
    await putAway();
    await expect.poll(() => rows('web shop').count()).toBe(2);
    expect([await click(old), await click(second)]).toEqual([[], []]);

    await page.getByRole('button', { name: 'Rotate web shop' }).first().click();
    await dialog().getByRole('button', { name: 'The old one goes on' }).click();
    await page.getByRole('option', { name: 'No longer: it ends now' }).click();
    await dialog().getByRole('button', { name: 'Rotate' }).click();
    const third = await shownKey();
    // The list behind it knows already that the old one is over.
    await expect.poll(() => rows('web shop').filter({ hasText: 'Expired' }).count()).toBe(1);
    expect(await shownKey()).toBe(third);
    await putAway();
    expect([await click(second), await click(third)]).toEqual([['key_invalid'], []]);
    expect(complaints).toEqual([]);
  });

  it('is revoked after a question: its next click is refused, and the page says why', async () => {
    const key = await make('leaked');
    await page.getByRole('button', { name: 'Revoke leaked' }).click();
    expect(await findingsInBothLights(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Leave it' }).click();
    await dialog().waitFor({ state: 'detached' });
    expect(await click(key)).toEqual([]);
    await page.getByRole('button', { name: 'Revoke leaked' }).click();
    await dialog().getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('leaked is revoked.').waitFor();
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(() => rows('leaked').innerText()).toContain('Revoked');
    expect(await click(key)).toEqual(['key_invalid']);
    expect(complaints).toEqual([]);
  });

  it('that froze itself says why, and clicks again after one act of its owner', async () => {
    const key = await make('night shift');
    const { parts } = stage.gateway;
    const { id, tenantId } = (await recordOf(parts.store.keys, key)) ?? {};
    if (id === undefined || tenantId === undefined) throw new Error('The key was made just now.');
    const reason = '5 calls in 2 minutes to Cuba (CU), where this key never called before';
    await parts.store.breaker.freeze(
      {
        keyId: id,
        tenantId,
        frozenAtMicros: parts.clock.nowMicros(),
        reason,
        counts: [],
        unfrozenAtMicros: undefined,
      },
      {
        log: tenantId,
        atMicros: 1,
        by: SYSTEM,
        action: 'key.freeze',
        subject: id,
        detail: { reason },
      },
    );
    expect(await click(key)).toEqual(['key_frozen']);
    await page.reload();
    await expect.poll(() => rows('night shift').innerText()).toContain(reason);
    expect(await findingsInBothLights(page)).toEqual([]);
    await page.getByRole('button', { name: 'Unfreeze night shift' }).click();
    expect(await findingsInBothLights(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Unfreeze' }).click();
    await page.getByText('night shift makes calls again.').waitFor();
    await expect.poll(() => rows('night shift').innerText()).not.toContain('Frozen');
    expect(await click(key)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
