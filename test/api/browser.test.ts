import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import { launchChromium } from '../chromium.ts';
import { axeFindings } from '../console/axe.ts';
import { startSandboxGateway, type SandboxGateway } from '../gateway.ts';

/** A stranger's way: the URL goes into a browser's address bar. Real Chromium, real server. */
let gateway: SandboxGateway;
let browser: Browser;
beforeAll(async () => {
  gateway = await startSandboxGateway();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await gateway[Symbol.asyncDispose]();
});

describe('a URL pasted into a browser', () => {
  it('makes one call, also when the page is loaded again at once', async () => {
    const page = await browser.newPage();
    const url = `${gateway.url}/c2c/v2?dial_first=101&dial_second=+1 (212) 555-1234&dial_as=201&api_key=${gateway.key}`;
    await page.goto(url);
    const first = JSON.parse(await page.innerText('body')) as CallResponse;
    await page.reload();
    const second = JSON.parse(await page.innerText('body')) as CallResponse;
    expect(first.response.request_id).toBe(second.response.request_id);
    expect(second.response.repeated).toBe(true);
    const { c2c_status } = await gateway.status(first.response.request_id);
    expect(c2c_status.pbx_request.pbx_data).toMatchObject({ Exten: '+12125551234' });
    await page.close();
  });

  it("shows an error's page: readable, without scripts, nothing asked from elsewhere", async () => {
    const answer = await gateway.click({ dial_first: '101', dial_second: '403' });
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(answer.response.errors[0]?.error.url ?? '');
    expect(await page.getByRole('heading').innerText()).toBe('What became of this click');
    expect(await page.locator('main').innerText()).toContain('Permission denied');
    // The page's own style is allowed by its policy: a term stands beside its value, not above it.
    const [term, value] = await Promise.all(
      ['dt', 'dd'].map((name) => page.locator(name).first().boundingBox()),
    );
    expect(term?.y).toBe(value?.y);
    expect(new Set(asked)).toEqual(new Set([gateway.url]));
    expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
    await context.close();
  });

  it('says there what happened and what to do, and draws it, for everybody', async () => {
    const answer = await gateway.click({ dial_first: '102', dial_second: '403' });
    const page = await browser.newPage();
    await page.goto(answer.response.errors[0]?.error.url ?? '');
    expect(await page.locator('section').innerText()).toMatch(
      /does not let our login do this: Permission denied\.\s+Give the manager user/,
    );
    // What the account calls its PBX is no business of whoever has the link.
    expect(await page.locator('main').innerText()).not.toMatch(/\bmain\b/);
    expect(await page.locator('svg text', { hasText: 'Originate PJSIP/102' }).count()).toBe(1);
    await page.getByText('The same in words').click();
    expect(await page.getByRole('listitem').allInnerTexts()).toContainEqual(
      expect.stringMatching(/^\d+\.\d{3} s the PBX to us: Error Permission denied$/),
    );
    expect(await axeFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeFindings(page)).toEqual([]);
    await page.close();
  });

  it('shows as text there whatever others wrote', async () => {
    const hostile = '</text></svg><img src=x onerror="document.title=1">\u202e';
    const answer = await gateway.click({ dial_first: '102', dial_second: '403', dial_as: hostile });
    const { journal } = gateway.parts.store;
    const atMicros = gateway.parts.clock.nowMicros();
    await journal.append(answer.response.request_id, [
      { kind: 'heard', atMicros, data: { raw: `Event: ${hostile}` } },
      { kind: 'note', atMicros: atMicros + 1, data: { says: hostile } },
    ]);
    const page = await browser.newPage();
    await page.goto(answer.response.errors[0]?.error.url ?? '');
    expect(await page.title()).toMatch(/^Click-2-Call/);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('svg').textContent()).toContain('<img src=x onerror=');
    expect(await page.locator('body').innerText()).not.toContain('\u202e');
    await page.close();
  });
});
