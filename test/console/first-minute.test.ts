import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PBX_LOGIN } from '../gateway.ts';
import { axeFindings } from './axe.ts';
import { ANN, signUp } from './sign-up.ts';
import { startStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage('open');
});
afterAll(() => stage[Symbol.asyncDispose]());

describe('the first minute', () => {
  it('goes from a sign-up by its key and its first call to a PBX of their own and a click', async () => {
    const { page, complaints } = await stage.open();
    await signUp(page);
    const key = await page.getByRole('figure', { name: 'The key' }).locator('pre').innerText();
    expect(key).toMatch(/^c2c_/);
    await page.getByRole('tab', { name: 'curl' }).click();
    expect(await page.getByRole('figure', { name: 'curl' }).locator('pre').innerText()).toContain(key);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Go on' }).click();

    // One button makes a call, and the page shows it happening.
    await page.getByRole('button', { name: 'Call 102 from 101' }).click();
    const first = page.getByRole('region', { name: 'Call from 101 to 102' });
    await first.getByText('Both talk').waitFor();
    await first.getByText(/Over: the second phone hung up|Over: the first phone hung up/).waitFor();
    expect(await first.getByText('101 answered').count()).toBe(1);

    // A wrong secret is found, its remedy stands beside it, and the right one is green.
    await page.getByRole('link', { name: 'Connect a PBX' }).click();
    await page.getByRole('link', { name: /^Asterisk \(AMI\)/ }).click();
    await page.getByLabel('Host').fill(stage.gateway.pbx.host);
    await page.getByLabel('Port').fill(String(stage.gateway.pbx.port));
    await page.getByLabel('Username').fill(PBX_LOGIN.username);
    await page.getByRole('textbox', { name: 'Secret' }).fill('not-the-secret');
    await page.getByText('secret = not-the-secret').waitFor();
    await page.getByRole('button', { name: 'Add, and examine it' }).click();
    const findings = page.getByRole('list', { name: 'Findings' });
    await findings.getByText('Authentication failed').waitFor();
    await findings.getByText(/Check username and secret/).waitFor();
    await page.getByText('It can not be used like this.').waitFor();
    await page.getByRole('textbox', { name: 'Secret' }).fill(PBX_LOGIN.secret);
    await page.getByRole('button', { name: 'Save, and examine it' }).click();
    await page.getByText('It can be used.').waitFor();
    expect(await axeFindings(page)).toEqual([]);

    // And a click goes through it: what it would do, and what it does.
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Click', exact: true }).click();
    await page.getByLabel('First number').fill('101');
    await page.getByLabel('Second number').fill('105');
    await page.getByText('Nothing speaks against it.').waitFor();
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    const call = page.getByRole('region', { name: 'Call from 101 to 105' });
    await call.getByText('Both talk').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is gone through by the keyboard alone', async () => {
    const { page, complaints } = await stage.open();
    await signUp(page, { ...ANN, email: 'keys@archer.example' });
    await page.goto('/console/');
    await page.getByRole('button', { name: 'Call 102 from 101' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
    await page.keyboard.press('c');
    await page.getByLabel('First number').waitFor();
    // The field for one's own phone has the focus.
    await page.keyboard.type('101');
    await page.keyboard.press('Tab');
    await page.keyboard.type('486');
    await page.keyboard.press('Enter');
    await page.getByText('The second phone, 486, was busy.').waitFor();
    // Past the fields a letter is a key again, not a text.
    await page.keyboard.press('Tab');
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await page.getByRole('heading', { name: 'Keys', exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('the log-in', () => {
  it('leads back to where one wanted to go, and out again', async () => {
    const { page, complaints } = await stage.open();
    await signUp(page, { ...ANN, email: 'back@archer.example' });
    await page.goto('/console/');
    await page.getByRole('button', { name: ANN.name }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await page.goto('/console/click?second=105');
    await page.getByLabel('E-mail').fill('back@archer.example');
    await page.getByLabel('Password').fill('wrong words they are');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Password').fill(ANN.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { name: 'Click' }).waitFor();
    expect(await page.getByLabel('Second number').inputValue()).toBe('105');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is over in a browser whose session was ended from another', async () => {
    const person = { ...ANN, email: 'two@archer.example' };
    const one = await stage.open();
    await signUp(one.page, person);
    const two = await stage.open();
    await two.page.goto('/console/login');
    await two.page.getByLabel('E-mail').fill(person.email);
    await two.page.getByLabel('Password').fill(person.password);
    await two.page.getByRole('button', { name: 'Log in' }).click();
    await two.page.getByRole('heading', { name: 'Start' }).waitFor();
    await one.page.goto('/console/settings');
    await one.page.getByRole('button', { name: /^Log out / }).click();
    await one.page.getByRole('button', { name: /^Log out / }).waitFor({ state: 'detached' });
    await two.page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Keys' }).click();
    await two.page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect([...one.complaints, ...two.complaints]).toEqual([]);
    await one.page.context().close();
    await two.page.context().close();
  });
});
