import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage('open');
});
afterAll(() => stage[Symbol.asyncDispose]());

/** A page of somebody who is logged in. */
async function enter() {
  const { page, complaints } = await stage.open();
  await page.goto('/console/signup');
  await page.getByLabel('Your name').fill('Ann Archer');
  await page.getByLabel('E-mail').fill(`ann-${stage.gateway.pbx.calls().length}@archer.example`);
  await page.getByLabel('Password').fill('a few words and 1 more');
  await page.getByLabel('Company').fill('Archer Ltd');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('heading', { name: 'Your key' }).waitFor();
  return { page, complaints };
}

describe('the page of integrations', () => {
  it('makes the HTML of a button with its key, and the button on the page calls; a link to a number calls nobody', async () => {
    const { page, complaints } = await enter();
    await page.goto('/console/integrations');
    await page.getByRole('textbox', { name: 'Second phone' }).fill('102');
    await page.getByRole('textbox', { name: 'Words on the button' }).fill('Call the shop');
    await page.getByText('Make a key for this button').click();
    const origins = page.getByRole('textbox', { name: 'Web origins of the page' });
    await origins.fill('www.example.net');
    await page.getByRole('button', { name: 'Make a key for it' }).click();
    await page.getByText(/allow_origin can not have "www.example.net"/).waitFor();
    await origins.fill('https://www.example.net');
    // What is wrong with a number stands where the key is asked for, which has no field for it.
    await page.getByRole('textbox', { name: 'Second phone' }).fill('the shop');
    await page.getByRole('button', { name: 'Make a key for it' }).click();
    await page
      .getByRole('alert')
      .getByText(/allow_to can not be "the shop"/)
      .waitFor();
    await page.getByRole('textbox', { name: 'Second phone' }).fill('102');
    await page.getByRole('textbox', { name: 'Calls a minute' }).fill('6');
    // What was mended stays so, whatever else is typed.
    expect(await page.getByText(/allow_origin can not/).count()).toBe(0);
    await page.getByRole('button', { name: 'Make a key for it' }).click();
    const html = page.getByRole('figure', { name: 'The HTML' }).locator('pre');
    await expect
      .poll(() => html.innerText())
      .toMatch(/<click-2-call number="102" key="c2c_pub_\w+">Call the shop<\/click-2-call>/);

    await page.getByRole('button', { name: 'Call the shop' }).click();
    await page.getByRole('textbox', { name: 'Your phone number' }).fill('101');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('click-2-call').getByRole('status').textContent(), { timeout: 20_000 })
      .toBe('Call ended');
    const rung = stage.gateway.pbx.calls();
    expect(rung.at(-1)).toMatchObject({ first: '101', second: '102' });

    const bookmarklet = await page.getByText('Call the selection').getAttribute('href');
    expect(bookmarklet).toContain(`${stage.gateway.url}/console/click?to=`);
    await page.goto('/console/click?to=tel%3A%2B1-555-0123%3Bext%3D7');
    const second = page.getByRole('textbox', { name: 'Second number' });
    await expect.poll(() => second.inputValue()).toBe('+1-555-0123');
    expect(stage.gateway.pbx.calls()).toHaveLength(rung.length);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
