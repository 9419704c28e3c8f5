import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../../contract/v3/call.ts';
import { startSandboxGateway, type SandboxGateway } from '../../gateway.ts';
import { ask } from '../v3/client.ts';
import { limitedKey } from './limited-key.ts';

let gateway: SandboxGateway;
let stranger: { readonly key: string };
beforeAll(async () => {
  gateway = await startSandboxGateway({ C2C_REPEAT_WINDOW_MS: '0' });
  stranger = await gateway.addAccount('Stranger');
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Link {
  readonly id: string;
  readonly url: string;
  readonly used: number;
}

const PAIR = { dial_first: '101', dial_second: '102' };

async function make(more: Readonly<Record<string, unknown>> = {}, key = gateway.key): Promise<Link> {
  const made = await ask<Link>(gateway, 'POST /v3/links', { key, body: { ...PAIR, ...more } });
  expect(made.status).toBe(201);
  return made.body;
}

async function open(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, html: await response.text() };
}

const click = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  open(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } });

const ordered = () => gateway.pbx.calls().length;

describe('a click link', () => {
  it('shows who will ring, rings when its button is pressed, and is found by its call', async () => {
    const before = ordered();
    const link = await make({ label: 'Invoice 4711' });
    expect(link.url).toMatch(new RegExp(`^${gateway.url}/l/[0-9A-Za-z]{32}$`));
    const page = await open(link.url);
    expect([page.status, ordered()]).toEqual([200, before]);
    expect(page.html).toContain('The phone 101 rings first. When it is answered, it is connected to 102.');
    expect(page.html).toContain('Invoice 4711');
    expect(page.html).toContain('<form method="post"><button>');
    expect(page.html).not.toMatch(/<script|c2c_/);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('no-store');

    const clicked = await click(link.url);
    expect([clicked.status, ordered()]).toEqual([200, before + 1]);
    expect(clicked.html).toContain('The phone 101 rings now.');
    const { body } = await ask<{ items: Call[] }>(gateway, `GET /v3/calls?reference=link%20${link.id}`);
    expect(body.items).toMatchObject([{ dial_first: '101', dial_second: '102' }]);
    const journal = await ask(gateway, `GET /v3/calls/${body.items[0]?.id}/journal`);
    expect(JSON.stringify(journal.body)).not.toContain(link.url.slice(-32));

    const again = await click(link.url);
    expect([again.status, ordered()]).toEqual([410, before + 1]);
    expect((await open(link.url)).status).toBe(410);
  });

  it('is rung by no preview, prefetch or HEAD, however it asks, and loses no use by them', async () => {
    const link = await make();
    const before = ordered();
    for (const headers of [
      { 'sec-purpose': 'prefetch' },
      { purpose: 'prefetch' },
      { 'user-agent': 'Slackbot 1.0' },
    ]) {
      expect((await open(link.url, { headers })).status).toBe(200);
      expect((await click(link.url, headers)).html).toContain('<button>');
    }
    expect(await open(link.url, { method: 'HEAD' })).toMatchObject({ status: 200, html: '' });
    const { body } = await ask<Link>(gateway, `GET /v3/links/${link.id}`);
    expect([body.used, ordered()]).toEqual([0, before]);
  });

  it('makes as many calls as it may, however many click at the same time', async () => {
    const link = await make({ uses: 2 });
    const before = ordered();
    const clicks = await Promise.all(Array.from({ length: 8 }, () => click(link.url)));
    expect(clicks.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(ordered()).toBe(before + 2);
  });

  it('keeps its use where nobody was rung', async () => {
    const link = await make({ dial_first: '403' });
    const failed = await click(link.url);
    expect([failed.status, failed.html.includes('<button>')]).toEqual([503, true]);
    expect((await ask<Link>(gateway, `GET /v3/links/${link.id}`)).body.used).toBe(0);
  });

  it('shows hostile text as text', async () => {
    const link = await make({ label: '"><script>alert(1)</script><img src=x onerror=alert(1)>' });
    const { html } = await open(link.url);
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain('&#60;script&#62;');
  });

  it('is dead when it is revoked, over, or its key is dead, and there is none that was not made', async () => {
    const revoked = await make();
    expect((await ask(gateway, `DELETE /v3/links/${revoked.id}`)).status).toBe(204);
    expect((await click(revoked.url)).html).toContain('taken back');

    const maker = await ask<{ id: string; api_key: string }>(gateway, 'POST /v3/keys', { body: {} });
    const orphan = await make({}, maker.body.api_key);
    await ask(gateway, `DELETE /v3/keys/${maker.body.id}`);
    expect([(await open(orphan.url)).status, (await click(orphan.url)).status]).toEqual([410, 410]);

    for (const token of ['x', 'a'.repeat(32), '%00', "'; drop table link; --", revoked.url.slice(-31)])
      expect((await open(`${gateway.url}/l/${encodeURIComponent(token)}`)).status).toBe(404);
  });

  it('goes no further than the key that makes it, when it is made and when it is clicked', async () => {
    const key = await limitedKey(gateway, { scopes: ['links:manage', 'calls:create'], allow_to: ['10x'] });
    await make({}, key);
    const body = { ...PAIR, dial_second: '+15551234567' };
    expect(await ask(gateway, 'POST /v3/links', { key, body })).toMatchObject({
      status: 403,
      body: { code: 'key_limit', errors: [{ field: 'dial_second' }] },
    });
    const rights = await limitedKey(gateway, { scopes: ['links:manage'] });
    expect((await ask(gateway, 'POST /v3/links', { key: rights, body: PAIR })).status).toBe(403);
  });

  it.each([
    [{ dial_first: '101' }, 'dial_second'],
    [{ ...PAIR, dial_second: 'no number' }, 'dial_second'],
    [{ ...PAIR, uses: 0 }, 'uses'],
    [{ ...PAIR, expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
    [{ ...PAIR, expires_at: '2099-01-01T00:00:00Z' }, 'expires_at'],
    [{ ...PAIR, pbx: 'nowhere' }, 'pbx'],
    [{ ...PAIR, label: 'a\nb' }, 'label'],
  ])('is not made of %j, and the answer names the field', async (body, field) => {
    expect(await ask(gateway, 'POST /v3/links', { body })).toMatchObject({
      status: 422,
      body: { errors: [{ field }] },
    });
  });

  it("is listed page by page, and is no other account's", async () => {
    const [one, two] = [await make(), await make()];
    const page = await ask<{ items: Link[]; next: string }>(gateway, 'GET /v3/links?limit=1');
    expect(page.body.items.map(({ id }) => id)).toEqual([two.id]);
    const next = await ask<{ items: Link[] }>(gateway, `GET /v3/links?limit=1&cursor=${page.body.next}`);
    expect(next.body.items.map(({ id }) => id)).toEqual([one.id]);
    expect(JSON.stringify(page.body)).not.toContain(two.url.slice(-32));
    for (const method of ['GET', 'DELETE'] as const)
      expect((await ask(gateway, `${method} /v3/links/${one.id}`, { key: stranger.key })).status).toBe(404);
    const theirs = await ask<{ items: Link[] }>(gateway, 'GET /v3/links', { key: stranger.key });
    expect(theirs.body.items).toEqual([]);
  });
});

it('takes a double click on the button for one', async () => {
  await using patient = await startSandboxGateway({ C2C_REPEAT_WINDOW_MS: '600000' });
  const { body } = await ask<Link>(patient, 'POST /v3/links', { body: { ...PAIR, uses: 5 } });
  for (const { status, html } of [await click(body.url), await click(body.url)]) {
    expect([status, html.includes('The phone 101 rings now.')]).toEqual([200, true]);
  }
  expect(patient.pbx.calls()).toHaveLength(1);
});
