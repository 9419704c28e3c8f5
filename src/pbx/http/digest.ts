import { createHash } from 'node:crypto';

/** A server's challenge of HTTP Digest (RFC 7616, and RFC 2617 where it has no qop). */
export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly algorithm: 'MD5' | 'SHA-256';
  readonly qop: boolean;
}

/** The Digest challenge in a WWW-Authenticate header; of several the first. Undefined: there is none that we can answer. */
export function readChallenge(header: string | undefined): Challenge | undefined {
  const start = header?.search(/\bdigest\s/i) ?? -1;
  if (header === undefined || start === -1) return undefined;
  const found = new Map<string, string>();
  const pairs = /([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.){0,1024})"|([^\s,"]{1,256}))/gi;
  for (const [, name = '', quoted, plain] of header.slice(start + 6, start + 4_096).matchAll(pairs)) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
  }
  const nonce = found.get('nonce');
  const algorithm = (found.get('algorithm') ?? 'MD5').toUpperCase();
  if (nonce === undefined || (algorithm !== 'MD5' && algorithm !== 'SHA-256')) return undefined;
  const qops = found
    .get('qop')
    ?.split(',')
    .map((each) => each.trim().toLowerCase());
  if (qops !== undefined && !qops.includes('auth')) return undefined;
  const realm = found.get('realm') ?? '';
  return { realm, nonce, algorithm, qop: qops !== undefined, opaque: found.get('opaque') };
}

/** The Authorization header for one request. `cnonce` is ours and new each time. */
export function answerChallenge(
  challenge: Challenge,
  request: { readonly method: string; readonly path: string },
  login: { readonly username: string; readonly password: string },
  cnonce: string,
): string {
  const { realm, nonce, algorithm, qop, opaque } = challenge;
  const hash = (text: string) =>
    createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const ha1 = hash(`${login.username}:${realm}:${login.password}`);
  const ha2 = hash(`${request.method}:${request.path}`);
  const nc = '00000001';
  const response = hash(qop ? `${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}` : `${ha1}:${nonce}:${ha2}`);
  const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
  return [
    `Digest username=${quote(login.username)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(request.path)}`,
    `algorithm=${algorithm}`,
    `response="${response}"`,
    ...(qop ? ['qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
  ].join(', ');
}
