import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limitedKey } from '../api/keys/limited-key.ts';
import { launchChromium } from '../chromium.ts';
import { startSandboxGateway, type SandboxGateway } from '../gateway.ts';
import { axeFindings } from './axe.ts';
import { startSite, type Site } from './site.ts';

const FILE = join(import.meta.dirname, '../../dist/widget/v1.js');

let gateway: SandboxGateway;
let browser: Browser;
let site: Site;
let key: string;
beforeAll(async () => {
  gateway = await startSandboxGateway();
  browser = await launchChromium();
  site = await startSite(gateway.url);
  key = await limitedKey(gateway, {
    kind: 'publishable',
    allow_origin: [site.origin],
    allow_to: ['1xx', '486'],
  });
});
afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
});

/** The shop's page in a browser, with all that the browser complains of and all that is told to the page. */
async function visit(body: string) {
  site.show(body);
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  const complaints: string[] = [];
  const urls: string[] = [];
  page.on('console', (message) => {
    if (!/Failed to load|CORS policy/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => urls.push(request.url()));
  await page.goto(`${site.origin}/`);
  await page.getByRole('button').first().waitFor();
  return { page, complaints, urls };
}

/** What a page does that wants to know how the call stands. */
const NOTE_STATES = `
  globalThis.seen = [];
  document.addEventListener('click-2-call', ({ detail }) => seen.push(detail.state));
`;

const widget = (attributes: string, text = '') =>
  `<click-2-call key="${key}" ${attributes}>${text}</click-2-call>`;

const words = (page: Page) => () => page.getByRole('status').textContent();

describe('the widget on a page of another origin, with a strict policy', () => {
  it('makes a call, shows it connected and ended, and its key is in no URL', async () => {
    const { page, complaints, urls } = await visit(widget('from="101" number="102"'));
    await page.evaluate(NOTE_STATES);
    await page.getByRole('button', { name: 'Call 102' }).click();
    await expect.poll(words(page)).toBe('Call ended');
    expect([...new Set(await page.evaluate<string[]>('seen'))]).toEqual([
      'calling',
      'ringing',
      'connected',
      'ended',
    ]);
    expect(urls.filter((url) => url.includes('c2c_'))).toEqual([]);
    expect(new Set(urls.map((url) => new URL(url).origin))).toEqual(new Set([site.origin, gateway.url]));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('says why a call came to nothing', async () => {
    const { page } = await visit(widget('from="101" number="486"'));
    await page.getByRole('button').click();
    await expect.poll(words(page)).toBe('Busy');
    await page.context().close();
  });

  it('hangs up, by keyboard too, and the button to call again has the focus then', async () => {
    const { page } = await visit(widget('from="105" number="105"'));
    await page.getByRole('button', { name: 'Call 105' }).press('Enter');
    await expect.poll(words(page)).toBe('Connected');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('click-2-call').getAttribute('state')).toBe('ended');
    expect(await page.getByRole('button', { name: 'Hang up' }).isVisible()).toBe(false);
    expect(await page.locator('button[type=submit]:focus').count()).toBe(1);
    await page.context().close();
  });

  it('can be used by keyboard alone, asks for the number that is missing, and calls back', async () => {
    const { page } = await visit(widget('from="105"', 'Call me back'));
    await page.getByRole('button', { name: 'Call me back' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator('button:focus').count()).toBe(1);
    await page.keyboard.press('Enter');
    const field = page.getByRole('textbox', { name: 'Your phone number' });
    await expect.poll(() => page.locator('input:focus').count()).toBe(1);
    await page.keyboard.press('Enter');
    await expect.poll(words(page)).toBe('Enter a phone number.');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.press('Escape');
    expect(await field.isVisible()).toBe(false);
    expect(await page.locator('button:focus').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.keyboard.type('105');
    await page.keyboard.press('Enter');
    await expect.poll(words(page)).toBe('Connected');
    expect(gateway.pbx.calls().at(-1)).toMatchObject({ first: '105', second: '105' });
    await page.context().close();
  });

  it('is held against by nobody who checks it, light and dark, in each state', async () => {
    const { page } = await visit(widget('number="102"') + widget('from="101" number="105"'));
    const inBoth = async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await axeFindings(page)).toEqual([]);
      }
    };
    await inBoth();
    await page.getByRole('button', { name: 'Call 102' }).click();
    await page.getByRole('button', { name: 'Call 105' }).click();
    await inBoth();
    await page.context().close();
  });

  it('tells a page for which its key is not that it is not, and rings nobody', async () => {
    const other = await limitedKey(gateway, {
      kind: 'publishable',
      allow_origin: ['https://www.example.net'],
    });
    const before = gateway.pbx.calls().length;
    const { page } = await visit(`<click-2-call key="${other}" from="101" number="102"></click-2-call>`);
    await page.getByRole('button').click();
    await expect
      .poll(words(page))
      .toBe(
        `This key is not taken from this page. It is mistyped or revoked, or its allow_origin does not name ${site.origin}.`,
      );
    expect(gateway.pbx.calls()).toHaveLength(before);
    await page.context().close();
  });

  it('tells whoever made the page that its key is missing', async () => {
    const { page } = await visit('<click-2-call from="101" number="102"></click-2-call>');
    await page.getByRole('button').click();
    await expect.poll(words(page)).toBe('The attribute key is missing; give a publishable key.');
    await page.context().close();
  });

  it('asks again and again where no stream of events is to be had', async () => {
    const { page } = await visit(widget('from="101" number="102"'));
    await page.route('**/events?*', (route) => route.abort());
    await page.getByRole('button').click();
    await expect.poll(words(page), { timeout: 20_000 }).toBe('Call ended');
    await page.context().close();
  });

  it('tells a visitor in plain words that a number is not to be had, in the language of the page', async () => {
    const { page } = await visit(`<div lang="de">${widget('from="101" number="486999"')}</div>`);
    await page.getByRole('button', { name: 'Anrufen 486999' }).click();
    await expect.poll(words(page)).toBe('Diese Nummer kann von hier nicht angerufen werden.');
    await page.context().close();
  });

  it('shows words of others as text', async () => {
    const hostile = '&lt;img src=x onerror=alert(1)&gt;';
    const { page, complaints } = await visit(widget(`from="101" number="102" label="${hostile}"`));
    await page.getByRole('button', { name: '<img src=x onerror=alert(1)>' }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('the file of the widget', () => {
  it('goes over the wire with less than 6 kB, and names no host', () => {
    const file = readFileSync(FILE);
    expect(gzipSync(file).length).toBeLessThan(6_000);
    expect(file.toString().replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:\/\/|\beval\b|new Function|innerHTML/,
    );
  });

  it('may be loaded by every page, is kept for a day and then asked about', async () => {
    const url = `${gateway.url}/widget/v1.js`;
    const response = await fetch(url, { headers: { 'accept-encoding': 'br' } });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': expect.stringContaining('public, max-age=86400'),
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-encoding': 'br',
    });
    expect(await response.text()).toBe(readFileSync(FILE, 'utf8'));
    const etag = response.headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});
