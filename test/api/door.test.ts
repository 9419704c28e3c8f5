import { describe, expect, it } from 'vitest';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import { startGateway } from '../gateway.ts';
import { ANN, openBrowser, signedUp } from './v3/browser.ts';
import { ask } from './v3/client.ts';

const WRONG_KEY = `c2c_${'x'.repeat(32)}`;
const STRICT = { C2C_SIGNUP: 'open', C2C_ATTEMPTS_MAX: '3' };
/** Whoever asks says where from, as a proxy would. */
const PROXIED = { ...STRICT, C2C_TRUSTED_PROXIES: '127.0.0.1' };

const from = (address: string) => ({ 'sec-fetch-site': 'same-origin', 'x-forwarded-for': address });

describe('keys that fail', () => {
  it('are so many a minute for an address; good ones are always taken', async () => {
    await using gateway = await startGateway(PROXIED);
    const headers = { 'x-forwarded-for': '198.51.100.1' };
    for (let time = 0; time < 30; time += 1)
      expect((await ask(gateway, 'GET /v3/me', { key: WRONG_KEY, headers })).status).toBe(401);
    const refused = await ask(gateway, 'GET /v3/me', { key: WRONG_KEY, headers });
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(gateway, 'GET /v3/me', { headers })).status).toBe(200);
    const elsewhere = { 'x-forwarded-for': '198.51.100.2' };
    expect((await ask(gateway, 'GET /v3/me', { key: WRONG_KEY, headers: elsewhere })).status).toBe(401);

    // The documented API has its own words for it, and HTTP 200 as always.
    const click = async (address: string) => {
      const url = `${gateway.url}/c2c/v2?dial_first=101&dial_second=102&api_key=${WRONG_KEY}`;
      const response = await fetch(url, { headers: { 'x-forwarded-for': address } });
      expect(response.status).toBe(200);
      return ((await response.json()) as CallResponse).response.errors[0]?.error.code;
    };
    expect(await click('198.51.100.1')).toBe('rate_limited');
    expect(await click('198.51.100.2')).toBe('key_invalid');
  });
});

describe('log-ins that fail', () => {
  it('are so many for an address, whomever they try; the right ones are not counted', async () => {
    await using gateway = await startGateway(PROXIED);
    await openBrowser(gateway).ask('POST /v3/signup', ANN, from('203.0.113.1'));
    const given = { email: ANN.email, password: ANN.password };
    for (let time = 0; time < 6; time += 1)
      expect((await openBrowser(gateway).ask('POST /v3/sessions', given, from('198.51.100.1'))).status).toBe(
        201,
      );
    for (const email of ['a@example.net', 'b@example.net', 'c@example.net'])
      expect(
        (await openBrowser(gateway).ask('POST /v3/sessions', { ...given, email }, from('198.51.100.1')))
          .status,
      ).toBe(401);
    const refused = await openBrowser(gateway).ask('POST /v3/sessions', given, from('198.51.100.1'));
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const token = { token: 'x'.repeat(43) };
    expect((await openBrowser(gateway).ask('POST /v3/sessions', token, from('198.51.100.1'))).status).toBe(
      429,
    );
    expect((await openBrowser(gateway).ask('POST /v3/sessions', given, from('198.51.100.2'))).status).toBe(
      201,
    );
  });

  it('are so many for a person, from wherever; who is logged in there is not locked out by them', async () => {
    await using gateway = await startGateway(PROXIED);
    const given = { email: ANN.email, password: ANN.password };
    await openBrowser(gateway).ask('POST /v3/signup', ANN, from('203.0.113.1'));
    const guess = (network: number) =>
      openBrowser(gateway).ask(
        'POST /v3/sessions',
        { ...given, password: 'a guess' },
        from(`198.51.${network}.1`),
      );
    for (const network of [1, 2, 3]) expect((await guess(network)).status).toBe(401);
    expect((await guess(4)).status).toBe(429);
    expect((await openBrowser(gateway).ask('POST /v3/sessions', given, from('198.51.5.1'))).status).toBe(429);
    // Ann's own place: her session of sign-up is there.
    expect((await openBrowser(gateway).ask('POST /v3/sessions', given, from('203.0.113.1'))).status).toBe(
      201,
    );
    // Guesses at an e-mail that nobody has are answered in the same way.
    const nobody = { email: 'nobody@example.net', password: 'a guess' };
    const statuses: number[] = [];
    for (const network of [11, 12, 13, 14])
      statuses.push(
        (await openBrowser(gateway).ask('POST /v3/sessions', nobody, from(`198.51.${network}.1`))).status,
      );
    expect(statuses).toEqual([401, 401, 401, 429]);
  });

  it('are written down for the account that they concern, as often as they are tried at most', async () => {
    await using gateway = await startGateway(STRICT);
    const browser = await signedUp(gateway);
    const guess = { email: ANN.email, password: 'a guess' };
    for (let time = 0; time < 10; time += 1) await openBrowser(gateway).ask('POST /v3/sessions', guess);
    const { body } = await browser.ask<{ items: { action: string }[] }>('GET /v3/audit');
    expect(body.items.filter(({ action }) => action === 'session.refuse')).toHaveLength(3);
  });
});

describe('whoever has no account', () => {
  it('signs up so often, and asks for so many links', async () => {
    await using gateway = await startGateway(STRICT);
    const statuses: number[] = [];
    for (const name of ['a', 'b', 'c', 'd'])
      statuses.push(
        (await openBrowser(gateway).ask('POST /v3/signup', { ...ANN, email: `${name}@example.net` })).status,
      );
    expect(statuses).toEqual([201, 201, 201, 429]);
    const links: number[] = [];
    for (let time = 0; time < 4; time += 1)
      links.push((await openBrowser(gateway).ask('POST /v3/password_resets', { email: ANN.email })).status);
    expect(links).toEqual([202, 202, 202, 429]);
  });

  it.each([
    ['closed', /ask whoever runs this installation/],
    ['invitation', /needs an invitation/],
  ])('does not sign up where that is %s', async (signup, says) => {
    await using gateway = await startGateway({ C2C_SIGNUP: signup });
    expect(await openBrowser(gateway).ask('POST /v3/signup', ANN)).toMatchObject({
      status: 403,
      body: { code: 'signup_closed', detail: expect.stringMatching(says) },
    });
  });
});

describe('C2C_KEYS_NEED_HTTPS', () => {
  it('refuses keys that others could read on the way, without saying whether they are good', async () => {
    await using gateway = await startGateway({ ...PROXIED, C2C_KEYS_NEED_HTTPS: 'yes' });
    const openly = { 'x-forwarded-for': '198.51.100.1' };
    for (const key of [gateway.key, WRONG_KEY])
      expect(await ask(gateway, 'GET /v3/me', { key, headers: openly })).toMatchObject({
        status: 403,
        body: { code: 'https_needed', detail: expect.stringContaining('revoke it') },
      });
    const url = `${gateway.url}/c2c/v2?dial_first=101&dial_second=102&api_key=${gateway.key}`;
    const answer = (await (await fetch(url, { headers: openly })).json()) as CallResponse;
    expect(answer.response.errors[0]?.error.code).toBe('https_needed');

    const safely = { ...openly, 'x-forwarded-proto': 'https' };
    expect((await ask(gateway, 'GET /v3/me', { headers: safely })).status).toBe(200);
    expect((await ask(gateway, 'GET /v3/me')).status).toBe(200);
  });

  it('believes nobody but a proxy of ours that HTTPS was spoken', async () => {
    await using gateway = await startGateway({
      C2C_KEYS_NEED_HTTPS: 'yes',
      C2C_TRUSTED_PROXIES: '192.0.2.1',
    });
    // From this machine: that is no network.
    expect((await ask(gateway, 'GET /v3/me')).status).toBe(200);
  });
});

describe('every answer', () => {
  it('tells browsers what they may not do with it', async () => {
    await using gateway = await startGateway();
    for (const path of [
      '/v3/config',
      '/v3/me',
      '/c2c/v2',
      '/docs',
      '/docs/errors',
      '/openapi.json',
      '/healthz',
      '/console/',
      '/nothing',
      '/%',
    ]) {
      const { headers } = await fetch(`${gateway.url}${path}`, { redirect: 'manual' });
      expect(headers.get('content-security-policy'), path).toMatch(/frame-ancestors 'none'/);
      expect(headers.get('content-security-policy'), path).not.toMatch(/unsafe/);
      expect(Object.fromEntries(headers), path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('microphone=()'),
      });
      expect(headers.get('strict-transport-security'), path).toBeNull();
    }
    await using known = await startGateway({ C2C_PUBLIC_URL: 'https://calls.example.net' });
    const { headers } = await fetch(`${known.url}/v3/config`);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  });
});
