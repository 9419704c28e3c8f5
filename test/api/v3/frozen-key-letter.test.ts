import { expect, test } from 'vitest';
import type { Me } from '../../../contract/v3/me.ts';
import { tellOwners } from '../../../src/people/frozen-key.ts';
import { startGateway } from '../../gateway.ts';
import { startMailServer } from '../../mail-server.ts';
import { openBrowser, signedUp } from './browser.ts';

const PUBLIC = 'https://calls.example.net';
const PATIENCE = { timeout: 15_000, interval: 10 };

test('the owner of a key that froze is told by e-mail, once the address was shown to be theirs', async () => {
  await using mail = await startMailServer();
  await using gateway = await startGateway({
    C2C_SIGNUP: 'open',
    C2C_SMTP_URL: mail.url,
    C2C_MAIL_FROM: 'Click-2-Call <calls@example.net>',
    C2C_PUBLIC_URL: PUBLIC,
  });
  const browser = await signedUp(gateway, { email: 'owner@example.net' });
  const { account } = (await browser.ask<Me>('GET /v3/me')).body;
  const frozen = (keyId: string) =>
    tellOwners(gateway.parts.people, {
      tenantId: account.id,
      keyId,
      reason: '5 calls in 2 minutes to Cuba (CU), where this key never called before',
    });
  await frozen('the-first-key');

  const confirmation = () =>
    mail.letters.map(({ text }) => /confirm#([\w-]{43})/.exec(text)?.[1]).find(Boolean);
  await expect.poll(confirmation, PATIENCE).toBeDefined();
  await openBrowser(gateway).ask(`PUT /v3/email_confirmations/${confirmation()}`);
  await frozen('the-second-key');

  const told = () => mail.letters.filter(({ text }) => text.includes('looks like theft'));
  await expect.poll(told, PATIENCE).toHaveLength(1);
  const [{ to, text } = { to: [], text: '' }] = told();
  expect(to).toEqual(['owner@example.net']);
  expect(text).toContain('the-second-key made 5 calls in 2 minutes to Cuba (CU)');
  expect(text).toContain(`${PUBLIC}/console/keys`);
});
