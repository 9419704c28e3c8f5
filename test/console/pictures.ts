import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { SignedUp } from '../../contract/v3/sign-up.ts';
import { buildConsole } from '../../console/build.ts';
import { PBX_LOGIN } from '../gateway.ts';
import { startStage, type Stage } from './stage.ts';

/** The pictures of the console in docs/: `npm run pictures` takes them anew, from the running product. */
const FOLDER = join(import.meta.dirname, '../../docs/pictures');

const ANN = {
  name: 'Ann Archer',
  email: 'ann@archer.example',
  password: 'a few words and 1 more',
  account_name: 'Archer & Sons',
} as const;

/** Pairs of numbers, for a list in which something has happened. */
const CALLS = [
  ['101', '102'],
  ['106', '103'],
  ['107', '486'],
  ['101', '201'],
  ['108', '603'],
  ['480', '101'],
  ['109', '104'],
  ['106', '403'],
  ['101', '408'],
] as const;

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly width?: number;
  readonly scheme?: 'dark';
  /** What is done on the page before it is taken. */
  readonly prepare?: (page: Page, stage: Stage) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  { name: 'calls', path: '/calls' },
  { name: 'call', path: '/calls', prepare: openFirstCall },
  { name: 'click-dark', path: '/click?first=101&second=105', scheme: 'dark', prepare: callAndWait },
  { name: 'connect', path: '/pbxs/new?kind=asterisk-ami', prepare: fillIn },
  { name: 'wrong-secret', path: '/pbxs/new?kind=asterisk-ami', prepare: addWithWrongSecret },
  { name: 'phone', path: '/click?first=101&second=105', width: 390, prepare: callAndWait },
];

async function signUp({ gateway }: Stage): Promise<string> {
  const response = await fetch(`${gateway.url}/v3/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: gateway.url },
    body: JSON.stringify(ANN),
  });
  return ((await response.json()) as SignedUp).key?.key ?? '';
}

async function openFirstCall(page: Page): Promise<void> {
  await page.getByRole('link', { name: /107/ }).first().click();
  await page.getByRole('heading', { level: 1, name: /107/ }).waitFor();
  await page.getByText('was busy').first().waitFor();
}

async function callAndWait(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText('Both talk').waitFor();
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('Host').fill('pbx.archer.example');
  await page.getByLabel('Username').fill('click2call');
}

async function addWithWrongSecret(page: Page, { gateway }: Stage): Promise<void> {
  await page.getByLabel('Host').fill(gateway.pbx.host);
  await page.getByLabel('Port').fill(String(gateway.pbx.port));
  await page.getByLabel('Username').fill(PBX_LOGIN.username);
  await page.getByRole('textbox', { name: 'Secret' }).fill('not-the-secret');
  await page.getByRole('button', { name: 'Add, and examine it' }).click();
  await page.getByText('It can not be used like this.').waitFor();
}

async function take(stage: Stage, { name, path, width = 1280, scheme, prepare }: Picture): Promise<void> {
  const { page } = await stage.open({ width, ...(scheme && { scheme }) });
  await page.setViewportSize({ width, height: 800 });
  // Where one wanted to go to is where the log-in leads.
  await page.goto(`/console${path}`);
  await page.getByLabel('E-mail').fill(ANN.email);
  await page.getByLabel('Password').fill(ANN.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page
    .getByRole('navigation', { name: 'Console' })
    .or(page.getByRole('navigation', { name: 'Main places' }))
    .first()
    .waitFor({ state: 'attached' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await prepare?.(page, stage);
  // What was asked for while the page was prepared stands on it.
  await page.locator('.loading').waitFor({ state: 'detached' });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await page.context().close();
}

await mkdir(FOLDER, { recursive: true });
await buildConsole();
await using stage = await startStage('open');
const key = await signUp(stage);
for (const [first, second] of CALLS) {
  await stage.gateway.click({
    dial_first: first,
    dial_second: second,
    timeout: '5',
    wait: 'ended',
    api_key: key,
  });
}
for (const picture of PICTURES) await take(stage, picture);
