import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../chromium.ts';
import { startGateway, type Gateway } from '../../gateway.ts';
import { ANN, signedUp } from './browser.ts';

/** What a real browser does with the cookie of a session. */
let gateway: Gateway;
let chromium: Browser;
beforeAll(async () => {
  gateway = await startGateway({ C2C_SIGNUP: 'open' });
  chromium = await launchChromium();
  await signedUp(gateway);
});
afterAll(async () => {
  await chromium.close();
  await gateway[Symbol.asyncDispose]();
});

const CREDENTIALS = { email: ANN.email, password: ANN.password };

/** Its pages are ours, and stand for any: what their own policy forbids them is not what is tried here. */
function newContext(): Promise<BrowserContext> {
  return chromium.newContext({ bypassCSP: true });
}

/** Asks as a script of that page would. */
function fetchIn(page: Page, url: string, method: string, body?: object): Promise<number> {
  return page.evaluate(
    async (asked) => {
      const { status } = await fetch(asked.url, {
        method: asked.method,
        credentials: 'include',
        ...(asked.body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(asked.body),
        }),
      }).catch(() => ({ status: 0 }));
      return status;
    },
    { url, method, body },
  );
}

describe('a session in Chromium', () => {
  it.each(['127.0.0.1', 'localhost'])('is kept for http://%s, and no script can read it', async (host) => {
    const context = await newContext();
    const page = await context.newPage();
    const url = gateway.url.replace('127.0.0.1', host);
    await page.goto(`${url}/healthz`);
    expect(await fetchIn(page, '/v3/sessions', 'POST', CREDENTIALS)).toBe(201);
    expect(await fetchIn(page, '/v3/me', 'GET')).toBe(200);
    expect(await fetchIn(page, '/v3/keys', 'POST', {})).toBe(201);
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(await fetchIn(page, '/v3/sessions/current', 'DELETE')).toBe(204);
    expect(await context.cookies()).toEqual([]);
    expect(await fetchIn(page, '/v3/me', 'GET')).toBe(401);
    await context.close();
  });

  it('is nothing to a page of another site, which can neither read nor change by it', async () => {
    const context = await newContext();
    const page = await context.newPage();
    await page.goto(`${gateway.url}/healthz`);
    expect(await fetchIn(page, '/v3/sessions', 'POST', CREDENTIALS)).toBe(201);
    const evil = await context.newPage();
    // To a browser that is another site.
    await evil.goto(`${gateway.url.replace('127.0.0.1', 'localhost')}/healthz`);
    for (const method of ['GET', 'POST', 'DELETE'])
      expect(await fetchIn(evil, `${gateway.url}/v3/keys`, method)).toBe(0);
    const answers: number[] = [];
    evil.on('response', (response) => answers.push(response.status()));
    await evil.evaluate(`
      const form = document.createElement('form');
      Object.assign(form, { action: '${gateway.url}/v3/keys', method: 'POST', enctype: 'text/plain' });
      document.body.append(form);
      form.submit();
    `);
    await expect.poll(() => answers).toEqual([401]);
    await context.close();
  });
});
