import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from './axe.ts';
import { startStage, type Stage } from './stage.ts';

const OWNER = { name: 'Olga Owner', email: 'olga@archer.example', password: 'a few words and 1 more' };
const GUEST = { name: 'Gus Guest', email: 'gus@archer.example', password: 'other words, and 2 of them' };

let stage: Stage;
beforeAll(async () => {
  stage = await startStage('open');
});
afterAll(() => stage[Symbol.asyncDispose]());

async function fillIn(page: Page, { name, email, password }: typeof OWNER): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
}

describe('people of an account', () => {
  it('are invited by a link that is good once, see what their role lets them, and are removed', async () => {
    const { page: owner, complaints } = await stage.open();
    await owner.goto('/console/signup');
    await fillIn(owner, OWNER);
    await owner.getByRole('button', { name: 'Sign up' }).click();
    await owner.getByRole('link', { name: 'Go on' }).click();
    await owner.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'People' }).click();
    await owner.getByRole('button', { name: 'Invite somebody' }).click();
    await owner.getByLabel('E-mail').fill(GUEST.email);
    await owner.getByRole('button', { name: 'Invite', exact: true }).click();
    const link = await owner.getByRole('figure', { name: 'The link' }).locator('pre').innerText();
    expect(new URL(link).pathname).toBe('/console/invitation');
    await owner.getByRole('button', { name: 'Good' }).click();

    const guest = await stage.open();
    await guest.page.goto(link);
    await fillIn(guest.page, GUEST);
    // Nobody who looks over a shoulder reads the token out of the address bar.
    await expect.poll(() => guest.page.url()).not.toContain('#');
    await guest.page.getByRole('button', { name: 'Join' }).click();
    await guest.page.getByRole('heading', { name: 'Start', exact: true }).waitFor();
    const places = await guest.page
      .getByRole('navigation', { name: 'Console' })
      .getByRole('link')
      .allInnerTexts();
    expect(places).toContain('Click');
    expect(places).not.toContain('Keys');
    expect(places).not.toContain('People');

    const late = await stage.open();
    await late.page.goto(link);
    await fillIn(late.page, { ...GUEST, name: 'Gus again' });
    await late.page.getByRole('button', { name: 'Join' }).click();
    await late.page.getByRole('alert').waitFor();
    await late.page.context().close();

    await owner.reload();
    await owner.getByRole('button', { name: `Remove ${GUEST.name}` }).click();
    expect(await axeFindings(owner)).toEqual([]);
    await owner.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await owner.getByText(`${GUEST.name} is removed.`).waitFor();
    await guest.page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'PBXs' }).click();
    await guest.page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect([...complaints, ...guest.complaints]).toEqual([]);
    await guest.page.context().close();
    await owner.context().close();
  });

  it('leave an owner behind: the last one is told why they stay', async () => {
    const { page } = await stage.open();
    await page.goto('/console/login');
    await page.getByLabel('E-mail').fill(OWNER.email);
    await page.getByLabel('Password').fill(OWNER.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'People' }).click();
    await page.getByRole('button', { name: `Remove ${OWNER.name}` }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByText('This is the last owner of the account').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.context().close();
  });
});
