import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';

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
