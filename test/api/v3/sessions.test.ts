import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Me } from '../../../contract/v3/me.ts';
import type { Session } from '../../../contract/v3/people.ts';
import { startGateway, type Gateway } from '../../gateway.ts';
import { ANN, openBrowser, signedUp } from './browser.ts';
import { ask } from './client.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ C2C_SIGNUP: 'open' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe('POST /v3/signup', () => {
  it('makes a person, an account and a key that works, and logs in', async () => {
    const browser = openBrowser(gateway);
    const made = await browser.ask<{ key: { key: string }; click_url: string }>('POST /v3/signup', {
      ...ANN,
      email: 'first@example.net',
      account_name: 'First & Sons',
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        user: { name: ANN.name, email: 'first@example.net', role: 'owner', confirmed: true },
        account: { slug: 'first-sons', name: 'First & Sons' },
      },
    });
    const { key } = made.body.key;
    expect(made.body.click_url).toContain(key);
    const byKey = await ask<Me>(gateway, 'GET /v3/me', { key });
    expect(byKey.body.account).toMatchObject({ slug: 'first-sons' });
    const byCookie = await browser.ask<Me>('GET /v3/me');
    expect(byCookie.body).toMatchObject({
      account: { slug: 'first-sons' },
      user: { email: 'first@example.net', role: 'owner' },
      accounts: [{ slug: 'first-sons', role: 'owner' }],
      scopes: expect.arrayContaining(['members:manage']),
    });
    expect(byCookie.body.key).toBeUndefined();
  });

  it('makes a second account of the same name, called otherwise at the command line', async () => {
    const names = { account_name: 'Twins' };
    const slugs = ['t1@example.net', 't2@example.net'].map(async (email) => {
      const { body } = await openBrowser(gateway).ask<Me>('POST /v3/signup', { ...ANN, ...names, email });
      return body.account.slug;
    });
    const all = await Promise.all(slugs);
    expect(all.toSorted()).toEqual(['twins', expect.stringMatching(/^twins-[0-9a-z]{5}$/)]);
  });

  it('takes a name that no command line can spell', async () => {
    const { body } = await openBrowser(gateway).ask<Me>('POST /v3/signup', {
      ...ANN,
      name: '王小明',
      email: 'wang@example.net',
    });
    expect(body.account).toMatchObject({ name: '王小明', slug: expect.stringMatching(/^account-/) });
  });

  it.each([
    [{ password: 'short' }, 'password'],
    [{ password: 'aaaaaaaaaaaaaaaa' }, 'password'],
    [{ password: 'Password123' }, 'password'],
    [{ password: `x-${ANN.email.toLowerCase()}` }, 'password'],
    [{ email: 'nobody' }, 'email'],
    [{ email: 'a b@example.net' }, 'email'],
    [{ name: ' ' }, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ account_name: '\n' }, 'account_name'],
  ])('refuses %j by its name', async (change, field) => {
    const answer = await openBrowser(gateway).ask('POST /v3/signup', { ...ANN, ...change });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
    expect(JSON.stringify(answer.body)).not.toContain('"Password123"');
  });

  it('refuses an e-mail that is taken, however its capitals are written', async () => {
    await signedUp(gateway, { email: 'taken@example.net' });
    const again = await openBrowser(gateway).ask('POST /v3/signup', { ...ANN, email: 'TAKEN@Example.NET' });
    expect(again).toMatchObject({ status: 409, body: { code: 'email_taken', errors: [{ field: 'email' }] } });
  });
});

describe('/v3/sessions', () => {
  it('logs in, lists, and logs out; the cookie is dead then', async () => {
    const first = await signedUp(gateway, { email: 'in@example.net' });
    const second = openBrowser(gateway);
    const logged = await second.ask<{ session: Session }>('POST /v3/sessions', {
      email: 'IN@example.net',
      password: ANN.password,
    });
    expect(logged).toMatchObject({
      status: 201,
      body: { session: { current: true }, user: { role: 'owner' } },
    });
    expect(logged.headers.get('set-cookie')).toMatch(
      /^__Host-c2c_session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
    );
    const list = await first.ask<{ items: Session[] }>('GET /v3/sessions');
    expect(list.body.items.map(({ current }) => current)).toEqual([false, true]);

    const cookie = second.cookie();
    expect(await second.ask('DELETE /v3/sessions/current')).toMatchObject({ status: 204 });
    expect(second.cookie()).toBeUndefined();
    expect(await openBrowser(gateway, cookie).ask('GET /v3/me')).toMatchObject({
      status: 401,
      body: { code: 'session_ended' },
    });
    expect(await first.ask('GET /v3/me')).toMatchObject({ status: 200 });
  });

  it('ends another one of the same person, and never one of somebody else', async () => {
    const [ann, bob] = [
      await signedUp(gateway, { email: 'ann1@example.net' }),
      await signedUp(gateway, { email: 'bob1@example.net' }),
    ];
    const { body } = await ann.ask<{ items: Session[] }>('GET /v3/sessions');
    const id = body.items[0]?.id ?? '';
    expect(await bob.ask(`DELETE /v3/sessions/${id}`)).toMatchObject({ status: 404 });
    expect(await ann.ask('GET /v3/me')).toMatchObject({ status: 200 });
    expect(await ann.ask(`DELETE /v3/sessions/${id}`)).toMatchObject({ status: 204 });
    expect(await openBrowser(gateway, '__Host-c2c_session=x').ask('GET /v3/me')).toMatchObject({
      status: 401,
    });
  });

  it('takes a new cookie with every log-in, and the one before is dead', async () => {
    const browser = await signedUp(gateway, { email: 'twice@example.net' });
    const before = browser.cookie();
    await browser.ask('POST /v3/sessions', { email: 'twice@example.net', password: ANN.password });
    expect(browser.cookie()).not.toBe(before);
    expect(await openBrowser(gateway, before).ask('GET /v3/me')).toMatchObject({ status: 401 });
    expect(await browser.ask('GET /v3/me')).toMatchObject({ status: 200 });
  });

  it('ends the session of who was logged in there before', async () => {
    const browser = await signedUp(gateway, { email: 'earlier@example.net' });
    const before = browser.cookie();
    await signedUp(gateway, { email: 'later@example.net' });
    await browser.ask('POST /v3/sessions', { email: 'later@example.net', password: ANN.password });
    expect(await browser.ask('GET /v3/me')).toMatchObject({ body: { user: { email: 'later@example.net' } } });
    expect(await openBrowser(gateway, before).ask('GET /v3/me')).toMatchObject({ status: 401 });
  });

  it('gives one and the same answer for a wrong password and for nobody', async () => {
    await signedUp(gateway, { email: 'known@example.net' });
    const answers = await Promise.all(
      ['known@example.net', 'nobody@example.net'].map((email) =>
        openBrowser(gateway).ask('POST /v3/sessions', { email, password: 'something else' }),
      ),
    );
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'login_failed' } });
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(answers.map(({ headers }) => headers.get('set-cookie'))).toEqual([null, null]);
  });

  it('needs an e-mail and a password, or a token', async () => {
    expect(await openBrowser(gateway).ask('POST /v3/sessions', { email: 'a@example.net' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'password', code: 'parameter_missing' }] },
    });
    const token = { token: 'x'.repeat(43) };
    expect(await openBrowser(gateway).ask('POST /v3/sessions', token)).toMatchObject({ status: 401 });
  });
});

describe('a session', () => {
  it('makes nothing happen for a page of another site, and reads for ours', async () => {
    const browser = await signedUp(gateway, { email: 'csrf@example.net' });
    const { host, origin } = new URL(gateway.url);
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `http://evil.${host}` },
      { origin, 'sec-fetch-site': 'cross-site' },
    ])
      expect(await browser.ask('POST /v3/keys', {}, headers), JSON.stringify(headers)).toMatchObject({
        status: 403,
        body: { code: 'origin_refused' },
      });
    expect(await browser.ask('POST /v3/keys', {}, { origin })).toMatchObject({ status: 201 });
    expect(await browser.ask('GET /v3/keys', undefined, {})).toMatchObject({ status: 200 });
  });

  it('is begun for no page of another site', async () => {
    const elsewhere = { 'sec-fetch-site': 'cross-site' };
    const given = { email: 'csrf@example.net', password: ANN.password };
    expect(await openBrowser(gateway).ask('POST /v3/sessions', given, elsewhere)).toMatchObject({
      status: 403,
    });
    expect(
      await openBrowser(gateway).ask('POST /v3/signup', { ...ANN, email: 'x@example.net' }, elsewhere),
    ).toMatchObject({ status: 403 });
  });

  it('is nothing to /c2c/v2, where a picture could ring a phone', async () => {
    const browser = await signedUp(gateway, { email: 'img@example.net' });
    const response = await fetch(`${gateway.url}/c2c/v2?dial_first=101&dial_second=102`, {
      headers: { cookie: browser.cookie() ?? '', 'sec-fetch-site': 'same-origin' },
    });
    expect(await response.json()).toMatchObject({
      response: { status: 'fail', errors: [{ error: { code: 'key_invalid' } }] },
    });
  });

  it('does not count where a key came too', async () => {
    const browser = await signedUp(gateway, { email: 'both@example.net' });
    const headers = { cookie: browser.cookie() ?? '' };
    const answer = await ask<Me>(gateway, 'GET /v3/me', { headers });
    expect(answer.body).toMatchObject({ account: { id: gateway.account.id }, key: { label: 'test' } });
    expect(await ask(gateway, 'GET /v3/me', { key: 'nonsense', headers })).toMatchObject({ status: 401 });
  });

  it('is not begun over plain HTTP from elsewhere, where the browser would drop it', async () => {
    const given = { email: 'csrf@example.net', password: ANN.password };
    const headers = { 'sec-fetch-site': 'same-origin', origin: 'http://pbx.example.net:8080' };
    expect(await openBrowser(gateway).ask('POST /v3/sessions', given, headers)).toMatchObject({
      status: 403,
      body: { code: 'https_needed', detail: expect.stringContaining('C2C_HTTPS_PORT') },
    });
    const proxied = { ...headers, origin: 'https://pbx.example.net' };
    expect((await openBrowser(gateway).ask('POST /v3/sessions', given, proxied)).status).toBe(201);
  });

  it('is needed where a key can not do it', async () => {
    for (const request of ['GET /v3/sessions', 'DELETE /v3/sessions/current'] as const)
      expect(await ask(gateway, request)).toMatchObject({ status: 403, body: { code: 'session_needed' } });
  });
});

it('a session that ends takes its streams along', { timeout: 60_000 }, async () => {
  const browser = await signedUp(gateway, { email: 'stream@example.net' });
  const headers = { cookie: browser.cookie() ?? '' };
  const stream = await fetch(`${gateway.url}/v3/events`, { headers });
  expect(stream.status).toBe(200);
  expect((await browser.ask('DELETE /v3/sessions/current')).status).toBe(204);
  // It ends by itself, at its next sign of life.
  expect(await stream.text()).toContain('retry:');
});

describe('PATCH /v3/me', () => {
  it('changes the name', async () => {
    const browser = await signedUp(gateway, { email: 'name@example.net' });
    expect(await browser.ask('PATCH /v3/me', { name: ' Anna ' })).toMatchObject({
      body: { user: { name: 'Anna' } },
    });
    expect(await browser.ask('GET /v3/me')).toMatchObject({ body: { user: { name: 'Anna' } } });
  });

  it('sets a new password for who knows the old one, and ends every other session', async () => {
    const email = 'pass@example.net';
    const browser = await signedUp(gateway, { email });
    const other = openBrowser(gateway);
    await other.ask('POST /v3/sessions', { email, password: ANN.password });
    const password = 'another long password';
    expect(await browser.ask('PATCH /v3/me', { password })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'current_password' }] },
    });
    expect(await browser.ask('PATCH /v3/me', { password, current_password: 'not that one' })).toMatchObject({
      status: 401,
      body: { code: 'login_failed' },
    });
    expect(await other.ask('GET /v3/me')).toMatchObject({ status: 200 });

    const before = browser.cookie();
    expect(await browser.ask('PATCH /v3/me', { password, current_password: ANN.password })).toMatchObject({
      status: 200,
    });
    expect(await other.ask('GET /v3/me')).toMatchObject({ status: 401 });
    expect(browser.cookie()).not.toBe(before);
    expect(await openBrowser(gateway, before).ask('GET /v3/me')).toMatchObject({ status: 401 });
    expect(await browser.ask('GET /v3/me')).toMatchObject({ status: 200 });
    for (const [given, status] of [
      [ANN.password, 401],
      [password, 201],
    ] as const)
      expect((await openBrowser(gateway).ask('POST /v3/sessions', { email, password: given })).status).toBe(
        status,
      );
  });
});

describe('GET /v3/config', () => {
  it('tells everybody what they may know', async () => {
    expect(await ask(gateway, 'GET /v3/config', { key: null })).toMatchObject({
      status: 200,
      body: { signup: 'open', email: false, sandbox: false },
    });
  });
});
