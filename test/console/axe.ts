import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What changes its colour does so with the next frames. */
const DRAWN = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** What axe holds against a page as it is now: of WCAG 2.2 up to AA, and of good practice. One line each. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  // Into the page's own world by the debugger: its policy forbids any script that is not one of its files.
  await page.evaluate(source);
  await page.evaluate(DRAWN);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof axeCore };
    const { violations } = await axe.run(
      // What React Aria reads out may name a button that the page has left behind; it goes by itself after seconds.
      { exclude: '[data-live-announcer]' },
      { resultTypes: ['violations'] },
    );
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
  });
}

/** The same in light and in dark; in light again afterwards. For a dialog, or whatever else a page shows when it is asked to. */
export async function findingsInBothLights(page: Page): Promise<readonly string[]> {
  const light = await axeFindings(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await axeFindings(page);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark];
}

const PHONE = { width: 390, height: 844 };

/**
 * The same in light, in dark and on a phone, where it is to be no wider than the screen.
 * @param onPhone what is done there before it is looked at
 */
export async function findingsInEachLook(
  page: Page,
  onPhone: () => Promise<void> = async () => undefined,
): Promise<readonly string[]> {
  const light = await axeFindings(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await axeFindings(page);
  await page.setViewportSize(PHONE);
  const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
  await expect.poll(width).toBeLessThanOrEqual(PHONE.width);
  await onPhone();
  return [...light, ...dark, ...(await axeFindings(page))];
}
