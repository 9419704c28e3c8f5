import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findingsInEachLook } from './axe.ts';
import { startStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  for (const second of ['104', '486', '480'])
    await stage.gateway.click({ dial_first: '101', dial_second: second, wait: 'ended' });
});
afterAll(() => stage[Symbol.asyncDispose]());

describe('the usage', () => {
  it('says in figures, plots and a table what calls came to', async () => {
    const { page, complaints } = await stage.open({ key: stage.gateway.key });
    await page.goto('/console/usage');
    await page.locator('.plot canvas').nth(2).waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/Calls\s+3\s/);
    expect(text).toMatch(/Answered\s+33\.3 %/);
    await page.getByText('In numbers, by the day').click();
    const [head, ...rows] = await page.getByRole('table').getByRole('row').allInnerTexts();
    expect(head).toMatch(/^Day\s+Calls\s+Answered/);
    expect(rows).toHaveLength(1);
    await page.getByRole('link', { name: '24 hours' }).click();
    await page.getByText('In numbers, by the hour').waitFor();
    expect(page.url()).toContain('span=day');
    await page.getByRole('link', { name: 'Busy' }).click();
    await page.getByRole('list', { name: 'Calls' }).getByText('101 → 486').first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is plotted where the language of the browser is one that nobody speaks', async () => {
    const { page, complaints } = await stage.open({ key: stage.gateway.key });
    await page.addInitScript(
      "Object.defineProperty(Navigator.prototype, 'language', { get: () => 'en-US@posix' })",
    );
    await page.goto('/console/usage');
    await page.locator('.plot canvas').nth(2).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('says that there is nothing, and what will be here', async () => {
    const { key } = await stage.gateway.addAccount('New');
    const { page } = await stage.open({ key });
    await page.goto('/console/usage');
    await expect
      .poll(() => page.getByRole('heading', { name: 'No calls in this time' }).isVisible())
      .toBe(true);
    await page.context().close();
  });

  it('can be used by everybody, light and dark, on a phone too', async () => {
    const { page } = await stage.open({ key: stage.gateway.key });
    await page.goto('/console/usage');
    await page.locator('.plot canvas').first().waitFor();
    expect(await findingsInEachLook(page)).toEqual([]);
    await page.context().close();
  });
});
