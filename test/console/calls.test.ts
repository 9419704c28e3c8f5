import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/access/keys.ts';
import { findingsInEachLook } from './axe.ts';
import { startStage, type Stage } from './stage.ts';

const HOSTILE = '"><img src=x onerror="document.title=1"><b>\u202e=1+1';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await make('101', '486', { reference: HOSTILE });
  await make('101', '104', { reference: 'order 7' });
  await make('101', '486');
});
afterAll(() => stage[Symbol.asyncDispose]());

async function make(
  dial_first: string,
  dial_second: string,
  more: object = {},
  key = stage.gateway.key,
): Promise<void> {
  const response = await fetch(`${stage.gateway.url}/v3/calls?wait=ended`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ dial_first, dial_second, pbx: 'main', ...more }),
  });
  expect(response.status).toBe(201);
}

/** Writes calls into an account's past. */
async function addOld(count: number, tenantId: string): Promise<void> {
  const { account, parts } = stage.gateway;
  const { journal } = parts.store;
  const [sample] = (await journal.callsOf({ tenantId: account.id, filter: {}, limit: 1 })).calls;
  if (sample === undefined) throw new Error('There are calls.');
  await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const id = `${sample.id.slice(0, 24)}${(count * 1_000 + index).toString(16).padStart(12, '0')}`;
      const call = { ...sample, id, tenantId, reference: `the ${index}th` };
      return journal.open({ call, entries: [], tender: 'nobody' });
    }),
  );
}

async function openCalls(query = ''): Promise<{ page: Page; complaints: readonly string[] }> {
  const opened = await stage.open({ key: stage.gateway.key });
  await opened.page.goto(`/console/calls${query}`);
  await rows(opened.page).first().waitFor();
  return opened;
}

function rows(page: Page) {
  return page.getByRole('list', { name: 'Calls' }).getByRole('listitem');
}

/** The places of the list, counted from 0, that are in sight and at which their row does not stand. */
const HOLES = `(() => {
  const { x, top } = document.querySelector('.calls-body').getBoundingClientRect();
  const middle = (place) => top + 40 * place + 20;
  const rowAt = (place) => document.elementFromPoint(x + 40, middle(place))?.closest('li')?.ariaPosInSet;
  const belowHeads = Math.max(0, Math.ceil((60 - top) / 40));
  const places = Array.from({ length: 30 }, (_, index) => belowHeads + index);
  return places.filter((place) => middle(place) < innerHeight && rowAt(place) !== String(place + 1));
})()`;

/** The place and the id of the call in the middle of the window. */
const IN_THE_MIDDLE = `(() => {
  const { x } = document.querySelector('.calls-body').getBoundingClientRect();
  const row = document.elementFromPoint(x + 40, innerHeight / 2).closest('li');
  return [Number(row.ariaPosInSet), row.querySelector('a').dataset.call];
})()`;

async function numbers(page: Page): Promise<readonly string[]> {
  return rows(page).getByRole('link').allInnerTexts();
}

describe('the list of calls', () => {
  it('shows a call while it happens, without anybody asking', async () => {
    const { page, complaints } = await openCalls();
    const before = await rows(page).count();
    await make('101', '480');
    await expect.poll(() => rows(page).count()).toBe(before + 1);
    await expect.poll(() => rows(page).first().innerText()).toMatch(/101 → 480\s+Unavailable/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is filtered and searched in its URL, which leads to the same again', async () => {
    const { page } = await openCalls();
    await page.getByLabel('Outcome').selectOption('Busy');
    await expect.poll(() => numbers(page)).toEqual(['101 → 486', '101 → 486']);
    expect(page.url()).toContain('disposition=busy');
    await page.getByLabel('Number or reference').fill('order 7');
    await page.getByText('No calls like that').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(async () => (await numbers(page)).length).toBeGreaterThan(3 - 1);
    await page.getByLabel('Number or reference').fill('order 7');
    await expect.poll(() => numbers(page)).toEqual(['101 → 104']);
    await expect.poll(() => page.url()).toContain('search=');
    await page.reload();
    await expect.poll(() => numbers(page)).toEqual(['101 → 104']);
    // Whoever goes on to type after a pause goes on where they were.
    const search = page.getByLabel('Number or reference');
    await search.fill('order ');
    await expect.poll(() => page.url()).toMatch(/search=order$/);
    expect(await search.inputValue()).toBe('order ');
    await search.pressSequentially('7');
    await expect.poll(() => page.url()).toMatch(/search=order\+7$/);
    const href = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
    expect(href).toBe('/v3/calls.csv?search=order+7');
    await page.context().close();
  });

  it('says whose calls it shows where it was filtered by a key, and lets the others in again', async () => {
    const { account, parts } = stage.gateway;
    const crm = await createKey(parts.store.keys, parts.clock, account.id, 'crm');
    await make('101', '104', {}, crm.key);
    const { page, complaints } = await openCalls(`?key=${crm.record.id}`);
    await page.getByText(`Asked for by crm, ${crm.record.prefix}…`).waitFor();
    expect(await numbers(page)).toEqual(['101 → 104']);
    expect(await findingsInEachLook(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take away: asked for by crm' }).click();
    await expect.poll(async () => (await numbers(page)).length).toBeGreaterThan(1);
    expect(await page.getByText('Asked for by').count()).toBe(0);
    expect(page.url()).not.toContain('key=');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is gone through and opened by the keyboard alone', async () => {
    const { page } = await openCalls();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    const focused = () => page.evaluate<string>('document.activeElement.dataset.index');
    await expect.poll(focused).toBe('1');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'X-ray' }).waitFor();
    await page.context().close();
  });

  it('shows as text whatever others wrote', async () => {
    const { page, complaints } = await openCalls('?disposition=busy');
    await expect
      .poll(() => rows(page).last().innerText())
      .toContain('"><img src=x onerror="document.title=1">');
    expect(await page.title()).toContain('Calls');
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('reads on while it is scrolled, and holds no more rows than are in sight', async () => {
    const { account, key } = await stage.gateway.addAccount('Many');
    await addOld(450, account.id);
    const { page } = await stage.open({ key });
    await page.goto('/console/calls');
    await rows(page).first().waitFor();
    expect(await rows(page).first().innerText()).toContain('the 449th');
    await expect
      .poll(
        async () => {
          await page.keyboard.press('End');
          return rows(page).last().innerText();
        },
        { timeout: 20_000 },
      )
      .toContain('the 0th');
    expect(await rows(page).count()).toBeLessThan(80);
    for (const y of [9_000, 4_321, 0]) {
      await page.evaluate(`scrollTo(0, ${y})`);
      await expect.poll(() => page.evaluate<readonly number[]>(HOLES)).toEqual([]);
    }
    await page.context().close();
  });

  it('leaves what is read where it is while calls come on top', async () => {
    await addOld(200, stage.gateway.account.id);
    const { page } = await openCalls();
    await page.evaluate('scrollTo(0, 2400)');
    await expect.poll(() => page.evaluate<readonly number[]>(HOLES)).toEqual([]);
    const [place, id] = await page.evaluate<readonly [number, string]>(IN_THE_MIDDLE);
    await make('101', '104');
    await expect.poll(() => page.evaluate(IN_THE_MIDDLE)).toEqual([place + 1, id]);
    await page.context().close();
  });

  it('can be used by everybody, light and dark, on a phone too', async () => {
    const { page, complaints } = await openCalls();
    expect(await findingsInEachLook(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
