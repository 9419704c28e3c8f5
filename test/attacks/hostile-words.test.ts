import { afterAll, expect, it, onTestFinished } from 'vitest';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import { listOf, testCli } from '../../src/cli/test-cli.ts';
import { startAmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { launchChromium } from '../chromium.ts';
import { startGateway } from '../gateway.ts';
import { tapOn } from './tap.ts';

/*
 * What a PBX says, and what a caller sends, is shown to people: in a page, in a terminal, in JSON. It stays text there.
 */

const WORDS = [
  '<script>document.title="hacked"</script>',
  '<img src=x onerror="document.title=1">',
  '"><svg/onload=document.title=2>',
  '</pre></dd></dl><h1>Pay here</h1>',
  '\u0000\u0007\u001b[2J\u001b]0;hacked\u0007\u009b31m',
  '\u202egnp.exe',
  '&lt;b&gt; &#60;i&#62; %3Cscript%3E',
].join(' ');

const box = await startAmiSandbox({ username: 'c2c', secret: 'canary-pbx', pace: 0.05 });
afterAll(() => box.close());

it(
  'a PBX’s words and a caller’s are text in the page, in the terminal and in JSON',
  { timeout: 60_000 },
  async () => {
    const tap = await tapOn(box, (said) =>
      said.replaceAll('Permission denied', Buffer.from(WORDS).toString('latin1')),
    );
    const gateway = await startGateway();
    onTestFinished(() => gateway[Symbol.asyncDispose]());
    await gateway.addPbx('main', {
      host: '127.0.0.1',
      port: String(tap.port),
      username: 'c2c',
      secret: 'canary-pbx',
    });
    const refused = await gateway.click({ dial_first: '101', dial_second: '403' });
    const odd = await gateway.click({ dial_first: WORDS, dial_second: '102', [WORDS]: WORDS });
    expect(refused.response.errors[0]?.error.message).toContain(WORDS);

    const browser = await launchChromium();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    for (const { response } of [refused, odd] satisfies CallResponse[]) {
      const url = response.errors[0]?.error.url ?? '';
      await page.goto(url);
      expect(await page.title()).toMatch(/^Click-2-Call: /);
      // A drawing of our own may be there, of lines and words; nothing of theirs became an element, or listens.
      expect(
        await page.locator('script, img, svg :not(g, line, path, circle, rect, text, tspan, title)').count(),
      ).toBe(0);
      expect(await page.locator('svg').count()).toBeLessThanOrEqual(1);
      const listening = await page.evaluate(
        `[...document.querySelectorAll('*')].filter((each) => each.getAttributeNames().some((name) => name.startsWith('on'))).length`,
      );
      expect(listening).toBe(0);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.locator('main').innerText()).toContain('<script>document.title=');

      const html = await fetch(url, { headers: { accept: 'text/html' } });
      expect(html.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[^;]*'; base-uri/,
      );
      expect(html.headers.get('x-content-type-options')).toBe('nosniff');
      const plain = await fetch(url, { headers: { accept: 'text/plain', 'user-agent': 'curl/8' } });
      expect(plain.headers.get('content-type')).toMatch(/^text\/plain/);
      // No control character but line breaks reaches a terminal, and none that turns the direction of writing.
      expect(await plain.text()).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
    }
    const cli = await testCli();
    for (const { response } of [refused, odd]) {
      const env = { C2C_DATA_DIR: gateway.parts.config.dataDir };
      const shown = await cli.run(['show', response.request_id], { env });
      expect(shown).toMatchObject({ code: 0, stderr: '' });
      expect(shown.stdout).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
      const json = await cli.run(['show', response.request_id, '--json'], { env });
      expect(listOf(`[${json.stdout}]`)).toHaveLength(1);
    }
  },
);
