import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findingsInEachLook } from './axe.ts';
import { startStage, type Stage } from './stage.ts';

/** Each page of the console, by its path and the name that stands on it. */
const PAGES: readonly (readonly [path: string, name: string])[] = [
  ['/', 'Start'],
  ['/click', 'Click'],
  ['/pbxs', 'PBXs'],
  ['/pbxs/new', 'Connect a PBX'],
  ['/pbxs/new?kind=asterisk-ami', 'Connect Asterisk (AMI)'],
  ['/pbxs/new?kind=http.wazo', 'Connect Wazo'],
  ['/keys', 'Keys'],
  ['/integrations', 'Integrations'],
  ['/links', 'Click links'],
  ['/policy', 'Dial policy'],
  ['/webhooks', 'Webhooks'],
  ['/members', 'People'],
  ['/audit', 'Audit'],
  ['/settings', 'You'],
  ['/login', 'Log in'],
  ['/signup', 'Sign up'],
  ['/reset', 'A new password'],
  ['/invitation', 'You are invited'],
  ['/nowhere', 'There is no such page'],
];

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await stage.gateway.click({ dial_first: '101', dial_second: '102' });
});
afterAll(() => stage[Symbol.asyncDispose]());

describe('each page of the console', () => {
  it.each(PAGES)('%s can be used by everybody, light and dark, and fits a phone', async (path, name) => {
    const { page, complaints } = await stage.open({ key: stage.gateway.key });
    await page.goto(`/console${path}`);
    await page.getByRole('heading', { name, exact: true }).waitFor();
    await expect.poll(() => page.locator('.loading').count()).toBe(0);
    expect(await findingsInEachLook(page)).toEqual([]);
    // No script, style or request was refused by the policy, and none went elsewhere.
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
