import type { Page } from 'playwright-core';
import { Webhook as Verifier } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver, type Receiver } from '../receiver.ts';
import { axeFindings, findingsInBothLights } from './axe.ts';
import { openDialog } from './dialog.ts';
import { enter, goTo } from './sign-up.ts';
import { startStage, type Stage } from './stage.ts';

/** A page asks again after 2 s while a delivery is on its way; a webhook that failed rests for up to a second or two. */
const PATIENCE = { timeout: 30_000 };

let crm: Receiver;
let stage: Stage;
let page: Page;
let complaints: readonly string[];
let key: string;
beforeAll(async () => {
  crm = await startReceiver();
  stage = await startStage('open');
  ({ page, complaints } = await stage.open());
  key = await enter(page);
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await crm[Symbol.asyncDispose]();
});

function dialog() {
  return openDialog(page);
}

/** Rows of deliveries, newest first. */
function deliveries() {
  return page
    .getByRole('table', { name: 'Deliveries' })
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
}

async function shownSecret(): Promise<string> {
  const secret = await dialog().getByRole('figure', { name: 'The secret' }).locator('pre').innerText();
  await dialog().getByRole('button', { name: 'I have it' }).click();
  await dialog().waitFor({ state: 'detached' });
  return secret;
}

/** The message that came as the nth, if its signature is one with this secret. @throws where it is not */
function verified(secret: string, nth: number): unknown {
  const message = crm.received[nth - 1];
  return new Verifier(secret).verify(message?.body ?? '', message?.headers ?? {});
}

describe('a webhook', () => {
  let secret = '';

  it('is added with a secret that is shown once, and what is wrong with it is said', async () => {
    await goTo(page, 'Webhooks');
    await page.getByText('No webhook yet').waitFor();
    await page.getByRole('button', { name: 'Add a webhook' }).click();
    await dialog().getByLabel('URL').fill('http://169.254.169.254/latest');
    await dialog().getByRole('button', { name: 'Add it' }).click();
    await dialog().getByText(/^url /).waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    await dialog().getByLabel('URL').fill(crm.url);
    await dialog().getByLabel('What it is').fill('The CRM');
    await dialog().getByText('What it is told of: everything').click();
    expect(await findingsInBothLights(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Add it' }).click();
    await dialog().getByRole('heading', { name: 'Its secret' }).waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    secret = await shownSecret();
    expect(await page.content()).not.toContain(secret);
    await page.getByRole('link', { name: 'The CRM' }).click();
    await page.getByText('Nothing was sent yet').waitFor();
    expect(complaints).toEqual([]);
  });

  it('is tried out by a test that arrives signed, and is listed with its answer', async () => {
    await page.getByRole('button', { name: 'Send a test' }).click();
    await expect.poll(() => crm.received.length, PATIENCE).toBe(1);
    expect(verified(secret, 1)).toMatchObject({ type: 'webhook.test', call: null });
    await expect
      .poll(() => deliveries().first().innerText(), PATIENCE)
      .toMatch(/webhook\.test[^]*Delivered[^]*200[^]*ok[^]*1/);
    expect(await axeFindings(page)).toEqual([]);
  });

  it('is told of a call, each event with a way to the call', async () => {
    const before = crm.received.length;
    await stage.gateway.click({ dial_first: '101', dial_second: '486', api_key: key });
    await expect.poll(() => crm.events().map(({ type }) => type), PATIENCE).toContain('call.ended');
    for (let nth = before + 1; nth <= crm.received.length; nth += 1)
      expect(verified(secret, nth)).toMatchObject({ call: { dial_second: '486' } });
    await page.reload();
    const ended = deliveries().filter({ hasText: 'call.ended' });
    await expect.poll(() => ended.innerText(), PATIENCE).toMatch(/Delivered/);
    await ended.getByRole('link', { name: 'call.ended' }).click();
    await page.getByRole('heading', { level: 1, name: '101 → 486' }).waitFor();
    await page.goBack();
    await ended.waitFor();
  });

  it('that does not take a message is tried again when somebody says so', async () => {
    crm.refuse(Infinity);
    const before = crm.received.length;
    await page.getByRole('button', { name: 'Send a test' }).click();
    const last = deliveries().first();
    await expect.poll(() => last.innerText(), PATIENCE).toMatch(/Next try[^]*503[^]*not now/);
    expect(await findingsInBothLights(page)).toEqual([]);
    crm.refuse(0);
    const [resent] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/resend')),
      last.getByRole('button', { name: 'Send again: webhook.test' }).click(),
    ]);
    expect(resent.status()).toBe(202);
    await expect.poll(() => last.innerText(), PATIENCE).toMatch(/Delivered[^]*200/);
    const ids = crm.received.slice(before).map(({ headers }) => headers['webhook-id']);
    expect(ids.length).toBeGreaterThanOrEqual(2);
    expect(new Set(ids).size).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('is paused, says so, and goes on with what was told meanwhile', async () => {
    const before = crm.received.length;
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('It is paused.').waitFor();
    expect(await page.getByRole('button', { name: 'Send a test' }).isDisabled()).toBe(true);
    expect(await findingsInBothLights(page)).toEqual([]);
    await stage.gateway.click({ dial_first: '101', dial_second: '480', api_key: key, wait: 'ended' });
    expect(crm.received).toHaveLength(before);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('It is paused.').waitFor({ state: 'detached' });
    await expect
      .poll(
        () =>
          crm
            .events()
            .filter(({ call }) => call?.dial_second === '480')
            .at(-1)?.type,
        PATIENCE,
      )
      .toBe('call.ended');
  });

  it('is given a new secret, with which messages are signed beside the one before', async () => {
    await page.getByRole('button', { name: 'New secret' }).click();
    await dialog().getByRole('heading', { name: 'Its new secret' }).waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    const next = await shownSecret();
    expect(next).not.toBe(secret);
    const count = crm.received.length + 1;
    await page.getByRole('button', { name: 'Send a test' }).click();
    await expect.poll(() => crm.received.length, PATIENCE).toBe(count);
    for (const signing of [secret, next]) expect(verified(signing, count)).toMatchObject({ call: null });
  });

  it('is removed after a question', async () => {
    await page.getByRole('button', { name: 'Remove' }).click();
    expect(await findingsInBothLights(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Remove' }).click();
    await page.getByText('The CRM is removed.').waitFor();
    await page.getByText('No webhook yet').waitFor();
    expect(complaints).toEqual([]);
  });
});
