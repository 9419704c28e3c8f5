import { describe, expect, it } from 'vitest';
import { newCertificate } from '../../../test/certificate.ts';
import type { SwitchvoxSandboxOptions } from '../sandbox/switchvox/options.ts';
import { startSwitchvoxSandbox } from '../sandbox/switchvox/switchvox-sandbox.ts';
import { LOGIN, sessionsWith } from './test-session.ts';

const openSession = sessionsWith(
  (options: SwitchvoxSandboxOptions, tls) =>
    startSwitchvoxSandbox({ ...LOGIN, pace: 0.05, ...(tls && { tls }), ...options }),
  newCertificate(),
);

const examined = async (...given: Parameters<typeof openSession>) => {
  const { session, fingerprint } = await openSession(...given);
  return { findings: await Array.fromAsync(session.examine('101')), fingerprint };
};

describe('examine', () => {
  it('shows the certificate, the login, the rights and the extension', async () => {
    const { findings, fingerprint } = await examined({ variant: { auth: 'digest' } });
    expect(findings).toEqual([
      { check: 'reachable', level: 'ok', says: expect.stringMatching(/^127\.0\.0\.1:\d+ answers/) },
      { check: 'tls', level: 'ok', says: expect.stringContaining(fingerprint) },
      { check: 'login', level: 'ok', says: 'c2c may log in, by digest.' },
      { check: 'rights', level: 'ok', says: expect.stringContaining('look up') },
      {
        check: 'extension',
        level: 'ok',
        says: '101, Alice, is an extension; its account id is 1101.',
      },
    ]);
  });

  it('shows the fingerprint of a self-signed certificate, to be accepted by name', async () => {
    const { findings, fingerprint } = await examined({}, { fingerprint: '' });
    expect(findings.map(({ check, level }) => [check, level])).toEqual([
      ['reachable', 'ok'],
      ['tls', 'error'],
      ['certificate', 'warning'],
    ]);
    expect(findings[2]?.says).toContain(fingerprint);
    expect(findings[2]?.remedy).toContain('set fingerprint');
  });

  it.each([
    [
      'a right that is missing',
      { faults: { error: { code: 97_203, message: 'Permission denied.', methods: ['*'] } } },
      'rights',
    ],
    ['an address that may not', { faults: { forbid: ['*'] } }, 'login'],
    ['a web page', { faults: { html: { status: 200, methods: ['*'] } } }, 'protocol'],
    ['an answer that breaks off', { faults: { cutMidAnswer: ['*'] } }, 'reachable'],
  ] as const)('finds %s', async (_name, options, check) => {
    const { findings } = await examined(options);
    expect(findings.at(-1)).toMatchObject({ check, level: 'error', remedy: expect.stringMatching(/\.$/) });
  });

  it('says of an extension as which the login is another that it can not be dialled as', async () => {
    const { findings } = await examined({}, { role: 'user', username: '102' });
    expect(findings.at(-1)).toMatchObject({ check: 'extension', level: 'error' });
    const own = await examined({}, { role: 'user', username: '101' });
    expect(own.findings.every(({ level }) => level === 'ok')).toBe(true);
  });

  it('warns of a connection that is not encrypted', async () => {
    const { findings } = await examined({ variant: { auth: 'digest' } }, { tls: 'false' });
    expect(findings.filter(({ level }) => level !== 'ok')).toMatchObject([
      { check: 'tls', level: 'warning' },
    ]);
  });
});
