import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Me } from '../../../contract/v3/me.ts';
import { startGateway, type Gateway } from '../../gateway.ts';
import { startMailServer, type MailServer } from '../../mail-server.ts';
import { ANN, openBrowser, signedUp } from './browser.ts';

const PUBLIC = 'https://calls.example.net';
const PATIENCE = { timeout: 15_000, interval: 10 };

let mail: MailServer;
let gateway: Gateway;
beforeAll(async () => {
  mail = await startMailServer();
  gateway = await startGateway({
    C2C_SIGNUP: 'open',
    C2C_SMTP_URL: mail.url,
    C2C_MAIL_FROM: 'Click-2-Call <calls@example.net>',
    C2C_PUBLIC_URL: PUBLIC,
  });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
});

/** What the link in the next letter to somebody carries. */
async function tokenFor(email: string, page: string): Promise<string> {
  const pattern = new RegExp(`${PUBLIC}/console/${page}#([\\w-]{43})`);
  const find = () => mail.letters.findLast(({ to, text }) => to.includes(email) && pattern.test(text));
  await expect.poll(find, PATIENCE).toBeDefined();
  return pattern.exec(find()?.text ?? '')?.[1] ?? '';
}

describe('where e-mail goes out', () => {
  it('who signs up may manage nothing until the e-mail is confirmed, by a link that is good once', async () => {
    const email = 'confirm@example.net';
    const browser = await signedUp(gateway, { email });
    expect((await browser.ask<Me>('GET /v3/me')).body.user).toMatchObject({ confirmed: false });
    expect(await browser.ask('POST /v3/keys', {})).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('before the e-mail is confirmed') },
    });
    expect((await browser.ask('GET /v3/calls')).status).toBe(200);
    const lost = await tokenFor(email, 'confirm');
    expect(await browser.ask('POST /v3/email_confirmations')).toMatchObject({ status: 202, body: undefined });
    await expect.poll(() => tokenFor(email, 'confirm'), PATIENCE).not.toBe(lost);
    const token = await tokenFor(email, 'confirm');
    const elsewhere = openBrowser(gateway);
    expect((await elsewhere.ask(`PUT /v3/email_confirmations/${token.slice(1)}x`)).status).toBe(404);
    expect((await elsewhere.ask(`PUT /v3/email_confirmations/${token}`)).status).toBe(204);
    expect((await elsewhere.ask(`PUT /v3/email_confirmations/${token}`)).status).toBe(404);
    expect((await browser.ask<Me>('GET /v3/me')).body.user).toMatchObject({ confirmed: true });
    expect((await browser.ask('POST /v3/keys', {})).status).toBe(201);
    const sent = mail.letters.length;
    expect((await browser.ask('POST /v3/email_confirmations')).status).toBe(202);
    expect((await openBrowser(gateway).ask('POST /v3/email_confirmations')).status).toBe(401);
    expect(mail.letters).toHaveLength(sent);
  });

  it('who forgot a password sets a new one by a link; all sessions are over, and no older link is good', async () => {
    const email = 'forgot@example.net';
    const browser = await signedUp(gateway, { email });
    expect(
      (await openBrowser(gateway).ask('POST /v3/password_resets', { email: 'Forgot@Example.net' })).status,
    ).toBe(202);
    const first = await tokenFor(email, 'reset');
    const sent = mail.letters.length;
    await openBrowser(gateway).ask('POST /v3/password_resets', { email });
    await expect.poll(() => mail.letters.length, PATIENCE).toBeGreaterThan(sent);
    const second = await tokenFor(email, 'reset');
    expect(second).not.toBe(first);

    const password = 'a password that is new';
    const reset = (token: string, given = password) =>
      openBrowser(gateway).ask(`PUT /v3/password_resets/${token}`, { password: given });
    expect(await reset(second, 'Password123')).toMatchObject({ status: 422 });
    expect((await reset(second)).status).toBe(204);
    for (const token of [first, second])
      expect(await reset(token)).toMatchObject({ status: 404, body: { code: 'link_invalid' } });
    expect((await browser.ask('GET /v3/me')).status).toBe(401);
    expect(
      (await openBrowser(gateway).ask('POST /v3/sessions', { email, password: ANN.password })).status,
    ).toBe(401);
    expect((await openBrowser(gateway).ask('POST /v3/sessions', { email, password })).status).toBe(201);
  });

  it('whoever asks for a link is not told whether there is anybody, and nobody gets a letter that nobody asked for', async () => {
    const before = mail.letters.length;
    const unknown = await openBrowser(gateway).ask('POST /v3/password_resets', {
      email: 'nobody@example.net',
    });
    expect(unknown).toMatchObject({ status: 202, body: undefined });
    await openBrowser(gateway).ask('POST /v3/password_resets', { email: 'forgot@example.net' });
    await expect.poll(() => mail.letters.length, PATIENCE).toBe(before + 1);
    expect(mail.letters.at(-1)?.to).toEqual(['forgot@example.net']);
  });

  it('an invitation goes to whom is invited, and not to who invites; what it says is text', async () => {
    const browser = await signedUp(gateway, { email: 'boss@example.net', name: 'Boss', ...hostile });
    await browser.ask(`PUT /v3/email_confirmations/${await tokenFor('boss@example.net', 'confirm')}`);
    const email = 'guest@example.net';
    const made = await browser.ask('POST /v3/invitations', { email, role: 'member' });
    expect(made).toMatchObject({ status: 201, body: { link: null } });
    const invitation = await tokenFor(email, 'invitation');
    expect(JSON.stringify(made.body)).not.toContain(invitation);
    const letter = mail.letters.findLast(({ to }) => to.includes(email))?.text ?? '';
    expect(letter).toContain('<p>You are invited to the account &#60;img src=x&#62;');
    const guest = openBrowser(gateway);
    expect(await guest.ask('POST /v3/signup', { ...ANN, email, invitation })).toMatchObject({
      status: 201,
      body: { user: { confirmed: true, role: 'member' } },
    });
  });

  it('a letter that the mail server can not take now is sent again', { timeout: 30_000 }, async () => {
    mail.refuse(1);
    await openBrowser(gateway).ask('POST /v3/password_resets', { email: 'boss@example.net' });
    expect(await tokenFor('boss@example.net', 'reset')).not.toBe('');
  });
});

const hostile = { account_name: '<img src=x>' };
