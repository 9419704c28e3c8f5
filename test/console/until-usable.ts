import type { Page } from 'playwright-core';

/*
 * How long it takes until the console can be worked with: from when its page was asked for, by the page's own clock, to the first
 * frame in which a control has done what it is for. Keys and the mouse come from outside, as a person's do.
 */

/** The log-in page: its field has the focus, takes a key and shows it. In ms. */
export async function untilTyped(page: Page): Promise<number> {
  await page.goto('/console/login', { waitUntil: 'commit' });
  await page.evaluate(frameIn("document.activeElement?.getAttribute('name') === 'email'"));
  await page.keyboard.press('a');
  return page.evaluate<number>(frameIn("document.activeElement.value === 'a'"));
}

/** The start page of somebody logged in: its button was pressed, and the dialler, a page of its own, has its first field. In ms. */
export async function untilPressed(page: Page): Promise<number> {
  await page.goto('/console/', { waitUntil: 'commit' });
  await page.evaluate(frameIn("document.querySelector('.page-acts a') !== null"));
  await page.mouse.click(...(await page.evaluate<[x: number, y: number]>(MIDDLE_OF_BUTTON)));
  return page.evaluate<number>(frameIn("document.querySelector('.page input') !== null"));
}

/** The first frame in which something holds, in ms since the page was asked for. */
function frameIn(holds: string): string {
  return `(async () => {
    while (!(${holds})) await new Promise((done) => requestAnimationFrame(done));
    return performance.now();
  })()`;
}

const MIDDLE_OF_BUTTON = `(() => {
  const { x, y, width, height } = document.querySelector('.page-acts a').getBoundingClientRect();
  return [x + width / 2, y + height / 2];
})()`;
