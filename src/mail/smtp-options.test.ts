import { describe, expect, it } from 'vitest';
import { smtpOptions } from './smtp-options.ts';

describe('a mail server', () => {
  it.each([
    ['smtp://mail.example.net', { host: 'mail.example.net', port: 587, secure: false, requireTLS: true }],
    ['smtps://mail.example.net', { port: 465, secure: true, requireTLS: false }],
    ['smtp://127.0.0.1:25', { host: '127.0.0.1', port: 25, requireTLS: false }],
    ['smtp://[::1]:25', { host: '::1', requireTLS: false }],
    ['smtp://127.0.0.1.example.net', { requireTLS: true }],
    ['smtp://relay.lan:25?tls=none', { host: 'relay.lan', port: 25, requireTLS: false }],
    ['smtp://a%40b:p%3Aw@mail.example.net', { auth: { user: 'a@b', pass: 'p:w' } }],
  ])('%s is spoken to as it says, over TLS unless it is this machine', (url, options) => {
    expect(smtpOptions(url)).toMatchObject(options);
  });
});
