import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PBX_LOGIN } from '../gateway.ts';
import { ANN } from './sign-up.ts';
import { startStage, type Stage } from './stage.ts';

/** No page has so many things to stop at. */
const STOPS_MAX = 60;

let stage: Stage;
let page: Page;
let complaints: readonly string[];
beforeAll(async () => {
  stage = await startStage('open');
  ({ page, complaints } = await stage.open());
  // Whoever has no mouse has none: a press of one would be a fault of the test.
  await page.addInitScript(
    "addEventListener('pointerdown', () => { throw new Error('A mouse was used.') }, true)",
  );
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Goes on by Tab until the focus is there. */
async function tabTo(place: Locator): Promise<void> {
  await place.waitFor();
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    if ((await place.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${place}.`);
}

async function type(place: Locator, text: string): Promise<void> {
  await tabTo(place);
  await page.keyboard.type(text);
}

async function press(place: Locator, key = 'Enter'): Promise<void> {
  await tabTo(place);
  await page.keyboard.press(key);
}

/** To a page, by the two letters of its place: pressed again where the second one came too late. */
async function go(letter: string, place: string): Promise<void> {
  const arrived = async () => {
    await page.keyboard.press('g');
    await page.keyboard.press(letter);
    return page.getByRole('heading', { level: 1, name: place, exact: true }).count();
  };
  await expect.poll(arrived).toBe(1);
}

describe('without a mouse', () => {
  it('one gets from a sign-up to a first call, and to all that was said about it', async () => {
    await page.goto('/console/login');
    await press(page.getByRole('link', { name: 'Sign up' }));
    // The first field has the focus already.
    await page.getByLabel('Your name').waitFor();
    await expect.poll(() => page.getByLabel('Your name').and(page.locator(':focus')).count()).toBe(1);
    await page.keyboard.type(ANN.name);
    await type(page.getByLabel('E-mail'), ANN.email);
    await type(page.getByLabel('Password'), ANN.password);
    await page.keyboard.press('Enter');
    await press(page.getByRole('link', { name: 'Go on' }));
    await press(page.getByRole('button', { name: 'Call 102 from 101' }));
    const call = page.getByRole('region', { name: 'Call from 101 to 102' });
    await call.getByText('Both talk').waitFor();
    await press(call.getByRole('link', { name: 'All that was said' }));
    await page.getByRole('heading', { name: 'X-ray' }).waitFor();
    const steps = page.getByRole('list', { name: 'What happened, in the order of time' }).getByRole('button');
    await tabTo(steps.and(page.locator('[aria-expanded=true]')));
    await page.keyboard.press('Home');
    await expect
      .poll(() => page.getByRole('region', { name: 'What was said' }).innerText())
      .toContain('POST http://');
    expect(complaints).toEqual([]);
  });

  it('one connects a PBX, mends what is wrong, and sees it become green', async () => {
    await go('p', 'PBXs');
    await press(page.getByRole('link', { name: 'Connect a PBX' }));
    await press(page.getByRole('link', { name: /^Asterisk \(AMI\)/ }));
    await type(page.getByLabel('Host'), stage.gateway.pbx.host);
    await type(page.getByLabel('Port'), 'many');
    await type(page.getByLabel('Username'), PBX_LOGIN.username);
    await type(page.getByRole('textbox', { name: 'Secret' }), PBX_LOGIN.secret);
    await page.keyboard.press('Enter');
    // Where it is wrong is where one is.
    await page.getByText(/port can not be "many"/).waitFor();
    await expect.poll(() => page.getByLabel('Port').and(page.locator(':focus')).count()).toBe(1);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(String(stage.gateway.pbx.port));
    await page.keyboard.press('Enter');
    await page.getByText('It can be used.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('one makes a key, with a choice from a list, and revokes it', async () => {
    await go('k', 'Keys');
    await press(page.getByRole('button', { name: 'Make a key' }));
    const dialog = page.getByRole('dialog');
    await type(dialog.getByLabel('What it is for'), 'by hand');
    await press(dialog.getByRole('button', { name: 'Kind' }));
    await page.getByRole('option', { name: 'Test' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await press(dialog.getByRole('button', { name: 'Make it' }));
    await press(dialog.getByRole('button', { name: 'I have it' }));
    await dialog.waitFor({ state: 'detached' });
    const row = page.getByRole('table', { name: 'Keys' }).getByRole('row').filter({ hasText: 'by hand' });
    await row.getByText('Test', { exact: true }).waitFor();
    await press(row.getByRole('button', { name: 'Revoke by hand' }));
    await press(page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }), 'Space');
    await row.getByText('Revoked').waitFor();
    expect(complaints).toEqual([]);
  });
});
