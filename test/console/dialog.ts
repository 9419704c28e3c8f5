import type { Locator, Page } from 'playwright-core';

/** The dialog that is open, a form or a question. A message that goes by itself is one too to who reads by ear, and not meant. */
export function openDialog(page: Page): Locator {
  return page.locator('[role=dialog], [role=alertdialog]:not(.toast)');
}
