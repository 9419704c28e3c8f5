import type { Page } from 'playwright-core';

/**
 * Tells how long the thread of a page has worked, in ms of its own processor time: what else the machine does meanwhile does
 * not count, and neither does what is waited for.
 */
export async function watchProcessor(page: Page): Promise<() => Promise<number>> {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await debug.send('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value;
    if (seconds === undefined) throw new Error('This Chromium does not say how long its pages work.');
    return seconds * 1000;
  };
}
