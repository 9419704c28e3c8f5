import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../chromium.ts';
import { axeFindings } from '../../console/axe.ts';
import { startSandboxGateway, type SandboxGateway } from '../../gateway.ts';
import { ask } from '../v3/client.ts';
import { limitedKey } from './limited-key.ts';

/** What browsers really do with pages of other origins, and with a form whose page has a strict policy. Real Chromium. */
let gateway: SandboxGateway;
let browser: Browser;
const sites: Server[] = [];
beforeAll(async () => {
  gateway = await startSandboxGateway();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  for (const site of sites) {
    site.closeAllConnections();
    site.close();
  }
  await gateway[Symbol.asyncDispose]();
});

/** A web site with an empty page. @returns its origin */
async function startSite(): Promise<string> {
  const site = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<title>shop</title>'),
  );
  sites.push(site);
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
}

/** What a script in a page of that site gets: the call that it made, and its events; or the error's name. */
async function callFrom(site: string, key: string): Promise<{ made: unknown; events: string } | string> {
  const page = await browser.newPage();
  await page.goto(site);
  const got = await page.evaluate(
    async ([url, bearer]) => {
      const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ dial_first: '101', dial_second: '102' });
      try {
        const response = await fetch(`${url}/v3/calls`, { method: 'POST', headers, body });
        const made = (await response.json()) as { id: string };
        const events = await fetch(`${url}/v3/calls/${made.id}/events`, {
          headers: { authorization: `Bearer ${bearer}` },
        });
        return { made, events: await events.text(), location: response.headers.get('location') };
      } catch (error) {
        return (error as Error).name;
      }
    },
    [gateway.url, key] as const,
  );
  await page.close();
  return got;
}

describe('a page of another origin', () => {
  it('makes a call with its publishable key and follows it to its end', async () => {
    const site = await startSite();
    const key = await limitedKey(gateway, { kind: 'publishable', allow_origin: [site] });
    const got = await callFrom(site, key);
    expect(got).toMatchObject({
      made: { dial_second: '102' },
      location: expect.stringMatching(/^\/v3\/calls\//),
    });
    expect(typeof got === 'string' ? got : got.events).toContain('event: call.ended');
  });

  it('gets nothing where the key is not for it, and rings nobody', async () => {
    const site = await startSite();
    const key = await limitedKey(gateway, { kind: 'publishable', allow_origin: ['https://www.example.net'] });
    const before = gateway.pbx.calls().length;
    expect(await callFrom(site, key)).toBe('TypeError');
    expect(gateway.pbx.calls()).toHaveLength(before);
  });
});

it('the button of a click link rings without a script, and nothing is asked from elsewhere', async () => {
  const body = { dial_first: '101', dial_second: '103', label: 'Invoice 4711' };
  const { body: link } = await ask<{ url: string }>(gateway, 'POST /v3/links', { body });
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const origins: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => origins.push(new URL(request.url()).origin));
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(link.url);
  const before = gateway.pbx.calls().length;
  await page.getByRole('button', { name: 'Call now' }).click();
  await page.getByRole('heading', { name: 'The call is on its way' }).waitFor();
  expect(gateway.pbx.calls()).toHaveLength(before + 1);
  expect(new Set(origins)).toEqual(new Set([gateway.url]));
  expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
  await context.close();
});

it.each(['light', 'dark'] as const)(
  'the page of a click link can be read by everybody, %s',
  async (colorScheme) => {
    const body = { dial_first: '101', dial_second: '102', label: 'Invoice 4711' };
    const { body: link } = await ask<{ id: string; url: string }>(gateway, 'POST /v3/links', { body });
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await page.goto(link.url);
    expect(await axeFindings(page)).toEqual([]);
    await ask(gateway, `DELETE /v3/links/${link.id}`);
    await page.reload();
    expect(await page.getByRole('heading').innerText()).toBe('This link makes no call');
    expect(await axeFindings(page)).toEqual([]);
    await context.close();
  },
);
