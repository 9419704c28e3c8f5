import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from './axe.ts';
import { ANN, enter, goTo, logIn } from './sign-up.ts';
import { startStage, type Stage } from './stage.ts';

let stage: Stage;
let page: Page;
let complaints: readonly string[];
beforeAll(async () => {
  stage = await startStage('open');
  ({ page, complaints } = await stage.open());
  const key = await enter(page);
  for (const second of ['104', '486', '480'])
    await stage.gateway.click({ dial_first: '101', dial_second: second, api_key: key, wait: 'ended' });
});
afterAll(() => stage[Symbol.asyncDispose]());

describe('somebody logged in', () => {
  it('finds their calls, and in each what was said', async () => {
    await goTo(page, 'Calls');
    const calls = page.getByRole('list', { name: 'Calls' });
    await expect
      .poll(() => calls.getByRole('link').allInnerTexts())
      .toEqual(['101 → 480', '101 → 486', '101 → 104']);
    expect(await axeFindings(page)).toEqual([]);
    await calls.getByText('101 → 486').click();
    const diagnosis = page.getByRole('region', { name: 'Diagnosis' });
    await expect.poll(() => diagnosis.innerText()).toContain('The second phone, 486, was busy.');
    const steps = page.getByRole('list', { name: 'What happened, in the order of time' });
    await expect.poll(() => steps.innerText()).toContain('Originate');
    await steps.getByRole('button').last().click();
    await expect.poll(() => page.getByRole('region', { name: 'What was said' }).innerText()).not.toBe('');
  });

  it('takes them along as a table, those that were looked for and no others', async () => {
    await goTo(page, 'Calls');
    await page.getByLabel('Outcome').selectOption('Busy');
    const link = page.getByRole('link', { name: 'CSV' });
    await expect.poll(() => link.getAttribute('href')).toContain('disposition=busy');
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const [head = '', ...rows] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    const names = head.split(',');
    expect(rows).toHaveLength(1);
    const row = rows[0]?.split(',') ?? [];
    const cell = (name: string) => row[names.indexOf(name)];
    expect([cell('dial_first'), cell('dial_second'), cell('disposition')]).toEqual(['101', '486', 'busy']);
  });

  it('sees what they came to, and who did what', async () => {
    await goTo(page, 'Usage');
    await expect.poll(() => page.locator('main').innerText()).toMatch(/Calls\s+3\s[^]*Answered\s+33\.3 %/);
    await goTo(page, 'Audit');
    const acts = page.getByRole('table', { name: 'Acts' });
    await expect.poll(() => acts.innerText()).toMatch(/user\.add/);
    expect(await acts.getByRole('row').filter({ hasText: 'key.create' }).innerText()).toContain(ANN.name);
    expect(await axeFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is out with the next act when their session was ended from another browser', async () => {
    const other = await stage.open();
    await other.page.goto('/console/settings');
    await logIn(other.page, ANN);
    await other.page.getByRole('heading', { name: 'You', exact: true }).waitFor();
    await goTo(page, 'Keys');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByRole('dialog').getByLabel('What it is for').fill('too late');
    await other.page.getByRole('button', { name: /^Log out / }).click();
    await other.page.getByRole('button', { name: /^Log out / }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    // Back where they were.
    await logIn(page, ANN);
    await page.getByRole('heading', { name: 'Keys', exact: true }).waitFor();
    expect(await page.content()).not.toContain('too late');
    expect([...complaints, ...other.complaints]).toEqual([]);
    await other.page.context().close();
  });
});
