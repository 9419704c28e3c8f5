import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findingsInBothLights, findingsInEachLook } from './axe.ts';
import { openDialog } from './dialog.ts';
import { ANN, enter, goTo } from './sign-up.ts';
import { startStage, type Stage } from './stage.ts';

/* What the sweep over the pages does not open, and no other test does: forms that were refused, questions, lists of choices. */

let stage: Stage;
let page: Page;
let complaints: readonly string[];
beforeAll(async () => {
  stage = await startStage('open');
  ({ page, complaints } = await stage.open());
  await enter(page);
});
afterAll(() => stage[Symbol.asyncDispose]());

function hasFocus(role: 'button' | 'main' | 'textbox', name?: string): Promise<number> {
  return page
    .getByRole(role, name === undefined ? {} : { name })
    .and(page.locator(':focus'))
    .count();
}

describe('what a page opens can be used by everybody, light and dark', () => {
  it('the form of an invitation that is refused, and its list of roles', async () => {
    await goTo(page, 'People');
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await openDialog(page).getByRole('button', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Viewer' }).waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await openDialog(page).getByLabel('E-mail').fill(ANN.email);
    await openDialog(page).getByRole('button', { name: 'Invite', exact: true }).click();
    await openDialog(page).getByText(`${ANN.email} is a member of the account already.`).waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    // Who leaves a dialog is where they came from.
    await page.keyboard.press('Escape');
    await expect.poll(() => hasFocus('button', 'Invite somebody')).toBe(1);
  });

  it('the form of a click link that is refused, and the link', async () => {
    await goTo(page, 'Click links');
    await page.getByRole('button', { name: 'Make a link' }).click();
    await openDialog(page).getByLabel('First number').fill('101');
    await openDialog(page).getByLabel('Second number').fill('102');
    await openDialog(page).getByLabel('Calls that it may make').fill('many');
    await openDialog(page).getByRole('button', { name: 'Make it' }).click();
    await openDialog(page)
      .getByText(/^uses /)
      .waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    await openDialog(page).getByLabel('Calls that it may make').fill('1');
    await openDialog(page).getByRole('button', { name: 'Make it' }).click();
    await openDialog(page).getByRole('figure', { name: 'The link' }).waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    await openDialog(page).getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('button', { name: 'Revoke the link to 102' }).waitFor();
  });

  it('the form of a PBX of which nothing was filled in, and one that was refused', async () => {
    await page.goto('/console/pbxs/new?kind=asterisk-ami');
    await page.getByRole('button', { name: 'Add, and examine it' }).click();
    await expect.poll(() => page.locator('.field-error').count()).toBe(3);
    expect(await findingsInBothLights(page)).toEqual([]);
    await page.getByLabel('Name', { exact: true }).fill('sandbox');
    await page.getByLabel('Host').fill(stage.gateway.pbx.host);
    await page.getByLabel('Username').fill('c2c');
    await page.getByRole('textbox', { name: 'Secret' }).fill('any');
    await page.getByRole('button', { name: 'Add, and examine it' }).click();
    await page.locator('.field-error').waitFor();
    await expect.poll(() => hasFocus('textbox', 'Name')).toBe(1);
    expect(await findingsInBothLights(page)).toEqual([]);
  });

  it('the question before a PBX is removed, after which one is where the others are', async () => {
    await goTo(page, 'PBXs');
    await page.getByRole('link', { name: 'sandbox' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    expect(await findingsInBothLights(page)).toEqual([]);
    await openDialog(page).getByRole('button', { name: 'Remove' }).click();
    await page.getByText('sandbox is removed.').waitFor();
    await page.getByText('No PBX yet').waitFor();
    await expect.poll(() => hasFocus('main')).toBe(1);
  });

  it('the list of keys, and the form of a new key on a phone', async () => {
    await page.keyboard.press('?');
    await openDialog(page).getByRole('heading', { name: 'Keys' }).waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await openDialog(page).waitFor({ state: 'detached' });
    await goTo(page, 'Keys');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await openDialog(page).getByText('What it may do: everything').click();
    await openDialog(page).getByText('Its limits: whom, from where, how many').click();
    expect(await findingsInEachLook(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
