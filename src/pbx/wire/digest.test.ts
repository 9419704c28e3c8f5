import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestAuthorization, pickDigest, readChallenges } from './digest.ts';

function responseTo(header: string, use: { password: string; clientNonce?: string }): string | undefined {
  const challenge = pickDigest(readChallenges(header));
  if (challenge === undefined) return undefined;
  const authorization = digestAuthorization(challenge, {
    username: 'Mufasa',
    method: 'GET',
    uri: '/dir/index.html',
    count: 1,
    clientNonce: '',
    ...use,
  });
  return /response="([0-9a-f]+)"/.exec(authorization)?.[1];
}

describe('digestAuthorization', () => {
  it('answers as in RFC 2617, 3.5', () => {
    const header =
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", ' +
      'opaque="5ccc069c403ebaf9f0171e9517f40e41"';
    expect(responseTo(header, { password: 'Circle Of Life', clientNonce: '0a4f113b' })).toBe(
      '6629fae49393a05397450978507c4ef1',
    );
  });

  it('answers as in RFC 2069, without qop', () => {
    const header = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';
    expect(responseTo(header, { password: 'CircleOfLife' })).toBe('1949323746fe6a43ef61f9606e7febea');
  });

  it('answers as in RFC 7616, 3.9.1, by SHA-256 where that is offered too', () => {
    const challenge = (algorithm: string) =>
      `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
      'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
    const use = { password: 'Circle of Life', clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' };
    expect(responseTo(challenge('MD5'), use)).toBe('8ca523f5e9506fed4657c9700eebdbec');
    expect(responseTo(`${challenge('MD5')}, ${challenge('SHA-256')}`, use)).toBe(
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    );
  });

  it('keeps quotes and backslashes of a name in their place, and the password out', () => {
    const challenge = pickDigest(readChallenges('Digest realm="r", nonce="n"'));
    if (challenge === undefined) throw new Error('It is a challenge.');
    const use = { method: 'POST', uri: '/json', count: 255, clientNonce: 'c' };
    const authorization = digestAuthorization(challenge, {
      username: 'a"\\b',
      password: 'canary-7f3a',
      ...use,
    });
    expect(authorization).toContain('username="a\\"\\\\b"');
    expect(authorization).not.toContain('canary');
  });
});

describe('readChallenges', () => {
  it('tells several in one header apart', () => {
    expect(readChallenges('Basic realm="Digest, or not", Digest realm="r", nonce="n"')).toEqual([
      { scheme: 'basic', parameters: { realm: 'Digest, or not' } },
      { scheme: 'digest', parameters: { realm: 'r', nonce: 'n' } },
    ]);
  });

  it('takes quoting as boxes have it', () => {
    const [digest] = readChallenges(`digest  REALM='My box' ,nonce=a=b+/=,  QOP=auth,stale="TRUE" opaque=""`);
    expect(digest).toEqual({
      scheme: 'digest',
      parameters: { realm: 'My box', nonce: 'a=b+/=', qop: 'auth', stale: 'TRUE', opaque: '' },
    });
    expect(pickDigest([digest ?? { scheme: '', parameters: {} }])).toMatchObject({
      isStale: true,
      hasQop: true,
    });
  });

  it('does not answer what it can not: other algorithms, auth-int alone, no nonce', () => {
    for (const header of [
      'Digest realm="r", nonce="n", algorithm=SHA-512-256',
      'Digest realm="r", nonce="n", qop="auth-int"',
      'Digest realm="r"',
      'Negotiate',
    ])
      expect(pickDigest(readChallenges(header)), header).toBeUndefined();
  });

  it('throws at nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) => {
        for (const text of [header, `Digest nonce="${header}`, `Digest ${header}`])
          expect(() => pickDigest(readChallenges(text))).not.toThrow();
      }),
    );
  });
});
