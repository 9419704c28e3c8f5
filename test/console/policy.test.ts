import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '../../contract/v3/policy.ts';
import { ask } from '../api/v3/client.ts';
import { findingsInEachLook } from './axe.ts';
import { startStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe('the dial policy', () => {
  it('folds up what is as in a new account, and shows what was decided', async () => {
    const { page, complaints } = await stage.open({ key: stage.gateway.key });
    await page.goto('/console/policy');
    const denied = page.getByLabel('Countries that may not be called');
    const fold = page.getByText(/^As in a new account: countries that may not be called/);
    await page.getByLabel('Home country').waitFor();
    expect(await denied.isVisible()).toBe(false);
    await fold.click();
    await denied.fill('cu');
    // Nothing moves away under whoever types.
    expect(await fold.isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('It counts for the next call.').waitFor();
    await expect.poll(() => fold.count()).toBe(0);
    expect(await denied.inputValue()).toBe('CU');
    await page.getByText(/^As in a new account: numbers that may be called/).waitFor();
    const { body } = await ask<Policy>(stage.gateway, 'GET /v3/policy');
    expect(body.countries_denied).toEqual(['CU']);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('opens the fold that holds what was not taken', async () => {
    const { page } = await stage.open({ key: stage.gateway.key });
    await page.goto('/console/policy');
    const fold = page.getByText(/^As in a new account: time zone/);
    await fold.click();
    await page.getByLabel('Time zone').fill('Mars/Olympus');
    await fold.click();
    expect(await page.getByLabel('Time zone').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => page.getByLabel('Time zone').isVisible()).toBe(true);
    await page.getByText(/time_zone can not be/).waitFor();
    await page.context().close();
  });

  it('can be used by everybody with all its folds open, light and dark, on a phone too', async () => {
    const { page } = await stage.open({ key: stage.gateway.key });
    await page.goto('/console/policy');
    await page.getByLabel('Home country').waitFor();
    for (const fold of await page.locator('.fold > summary').all()) await fold.click();
    expect(await findingsInEachLook(page)).toEqual([]);
    await page.context().close();
  });
});
