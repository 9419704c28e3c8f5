import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../chromium.ts';
import { signUp } from '../console/sign-up.ts';
import { openPage } from '../console/stage.ts';
import { startAsterisk, type Asterisk } from '../lab/asterisk.ts';
import { startGateway, type Gateway } from './gateway.ts';
import { phoneOf } from './phones.ts';

let lab: Asterisk;
let gateway: Gateway;
let chromium: Browser;

beforeAll(async () => {
  lab = await startAsterisk();
  const environment = { C2C_SIGNUP: 'open', C2C_PBX_NETWORKS: '127.0.0.0/8' };
  gateway = await startGateway(lab, { environment });
  chromium = await launchChromium();
});

afterAll(async () => {
  await chromium.close();
  await gateway.close();
  await lab.stop();
});

it('leads from a sign-up to an Asterisk of their own, to a click that two phones hear of, and to its X-ray', async () => {
  const { username, secret } = lab.amiUsers.c2c;
  const { page, complaints } = await openPage(chromium, gateway.url);
  await signUp(page);

  await page.goto('/console/pbxs/new?kind=asterisk-ami');
  await page.getByLabel('Host').fill('127.0.0.1');
  await page.getByLabel('Port').fill(String(lab.amiPort));
  await page.getByLabel('Username').fill(username);
  await page.getByRole('textbox', { name: 'Secret' }).fill('not-the-secret');
  await page.getByRole('button', { name: 'Add, and examine it' }).click();
  await page.getByText('It can not be used like this.').waitFor();
  await page.getByRole('textbox', { name: 'Secret' }).fill(secret);
  await page.getByRole('button', { name: 'Save, and examine it' }).click();
  await page.getByText('It can be used.').waitFor();

  await using alice = await phoneOf(lab, '101', { answerAfterMs: 300 });
  await using bob = await phoneOf(lab, '102', { answerAfterMs: 300, hangUpAfterMs: 1500 });
  await page.goto('/console/click?first=101&second=102');
  await page.getByText('Nothing speaks against it.').waitFor();
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  const call = page.getByRole('region', { name: 'Call from 101 to 102' });
  await call.getByText('Both talk').waitFor();
  await call.getByText('Over: the second phone hung up').waitFor();
  expect([(await alice.result()).rang, (await bob.result()).rang]).toEqual([1, 1]);

  await page.goto('/console/calls');
  await page.getByRole('list', { name: 'Calls' }).getByText('101 → 102').first().click();
  const diagnosis = page.getByRole('region', { name: 'Diagnosis' });
  await expect.poll(() => diagnosis.innerText()).toContain('102 hung up');
  const steps = page.getByRole('list', { name: 'What happened, in the order of time' });
  await expect.poll(() => steps.innerText()).toContain('Originate');
  expect(complaints).toEqual([]);
});
