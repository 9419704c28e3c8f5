import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { buildConsole } from '../../console/build.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { ANN, DAYS, makePictureAccount } from './picture-account.ts';
import { PICTURES, type Picture, type Place } from './picture-list.ts';
import { startStage } from './stage.ts';
import { StretchedClock } from './stretched-clock.ts';

/**
 * The pictures of the console in docs/: `npm run pictures` takes them anew, from the running product; with names behind it, such as
 * `npm run pictures policy usage`, those alone.
 */
const FOLDER = join(import.meta.dirname, '../../docs/pictures');
/** Letters keep their edges, and a page takes some 40 kB. */
const QUALITY = 88;
/** As fast as the PBX in the box is: what is written down of a call has the times of life. */
const PACE = 10;

type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>;

async function logIn({ stage }: Place): Promise<Cookies> {
  const { page } = await stage.open();
  await page.goto('/console/login');
  await page.getByLabel('E-mail').fill(ANN.email);
  await page.getByLabel('Password').fill(ANN.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Start' }).waitFor();
  const cookies = await page.context().cookies();
  await page.context().close();
  return cookies;
}

async function take(picture: Picture, place: Place, cookies: Cookies): Promise<void> {
  const { name, route, path = route ?? '', width = 1440, height = 900, scheme, isOutside, prepare } = picture;
  const { page } = await place.stage.open({ width, ...(scheme && { scheme }) });
  await page.setViewportSize({ width, height });
  if (isOutside !== true) await page.context().addCookies(cookies);
  const at = typeof path === 'string' ? path : await path(place);
  await page.goto(at.startsWith('http') ? at : `/console${at}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await prepare?.(page, place);
  // What was asked for while the page was prepared stands on it, and no mouse does.
  await page.locator('.loading').waitFor({ state: 'detached' });
  await page.mouse.move(0, 0);
  await writeFile(join(FOLDER, `${name}.webp`), await pictureOf(page));
  await page.context().close();
}

/** As WebP, which Chromium makes and Playwright does not ask for. */
async function pictureOf(page: Page): Promise<Buffer> {
  const chromium = await page.context().newCDPSession(page);
  const { data } = await chromium.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  return Buffer.from(data, 'base64');
}

await buildConsole();
const clock = new StretchedClock(systemClock.nowMicros() - (DAYS + 1) * 86_400_000_000, PACE);
await using stage = await startStage('open', { clock });
await using account = await makePictureAccount(stage, clock);
const place = { stage, account };
const cookies = await logIn(place);
const names = process.argv.slice(2);
if (names.length === 0) await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
for (const picture of PICTURES)
  if (names.length === 0 || names.includes(picture.name)) await take(picture, place, cookies);
