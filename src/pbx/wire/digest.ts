import { createHash } from 'node:crypto';

/** One way to log in that the PBX offers (`WWW-Authenticate`). Names and the scheme in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A digest challenge that we can answer. */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  /** As the PBX wrote it; undefined: MD5. */
  readonly algorithm: string | undefined;
  readonly hash: 'md5' | 'sha256';
  readonly isSession: boolean;
  /** `qop=auth` (RFC 7616), or none (RFC 2069). */
  readonly hasQop: boolean;
  /** The login was right, and only the nonce was too old. */
  readonly isStale: boolean;
}

export interface DigestUse {
  readonly username: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  /** Counts the uses of this nonce, from 1. */
  readonly count: number;
  readonly clientNonce: string;
}

const HEADER_MAX = 8_192;
/** `name=value` with any quoting that occurs, or a scheme's name that stands alone. */
const PIECE = /(?<![\w-])([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,]*)|([A-Za-z][\w-]*)/g;

/** Reads a `WWW-Authenticate`, several of them joined included. Tolerant: PBXs quote in their own ways. */
export function readChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  for (const [, name = '', value = '', scheme] of header.slice(0, HEADER_MAX).matchAll(PIECE)) {
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: {} });
    // The first of a name counts; what stands before any scheme belongs to none.
    else (challenges.at(-1)?.parameters ?? {})[name.toLowerCase()] ??= unquoted(value);
  }
  return challenges;
}

/** The strongest digest among the challenges that we can answer, or undefined. */
export function pickDigest(challenges: readonly Challenge[]): DigestChallenge | undefined {
  const usable = challenges.filter(({ scheme }) => scheme === 'digest').flatMap(asDigest);
  return usable.find(({ hash }) => hash === 'sha256') ?? usable[0];
}

/** The `Authorization` that answers a digest challenge (RFC 7616, 2617 and 2069). The password is not in it. */
export function digestAuthorization(challenge: DigestChallenge, use: DigestUse): string {
  const hash = (text: string) => createHash(challenge.hash).update(text, 'utf8').digest('hex');
  const { realm, nonce } = challenge;
  const count = use.count.toString(16).padStart(8, '0');
  const secret = hash(`${use.username}:${realm}:${use.password}`);
  const ha1 = challenge.isSession ? hash(`${secret}:${nonce}:${use.clientNonce}`) : secret;
  const ha2 = hash(`${use.method}:${use.uri}`);
  const middle = challenge.hasQop ? `${count}:${use.clientNonce}:auth:` : '';
  const fields = [
    `username=${quoted(use.username)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(use.uri)}`,
    `response="${hash(`${ha1}:${nonce}:${middle}${ha2}`)}"`,
    ...(challenge.algorithm === undefined ? [] : [`algorithm=${challenge.algorithm}`]),
    ...(challenge.opaque === undefined ? [] : [`opaque=${quoted(challenge.opaque)}`]),
    ...(challenge.hasQop ? ['qop=auth', `nc=${count}`] : []),
    ...(challenge.hasQop || challenge.isSession ? [`cnonce="${use.clientNonce}"`] : []),
  ];
  return `Digest ${fields.join(', ')}`;
}

function asDigest({ parameters }: Challenge): DigestChallenge[] {
  const { realm, nonce, opaque, algorithm, qop, stale } = parameters;
  if (nonce === undefined) return [];
  const known = /^(md5|sha-256)(-sess)?$/i.exec(algorithm ?? 'MD5');
  const offers = (qop ?? '').split(/[\s,]+/).filter((offer) => offer !== '');
  const hasQop = offers.some((offer) => offer.toLowerCase() === 'auth');
  if (known === null || (offers.length > 0 && !hasQop)) return [];
  return [
    {
      realm: realm ?? '',
      nonce,
      opaque,
      algorithm,
      hash: known[1]?.toLowerCase() === 'md5' ? 'md5' : 'sha256',
      isSession: known[2] !== undefined,
      hasQop,
      isStale: stale?.toLowerCase() === 'true',
    },
  ];
}

function unquoted(value: string): string {
  const inner = /^"(.*)"$/s.exec(value)?.[1];
  if (inner !== undefined) return inner.replace(/\\(.)/gs, '$1');
  return value.replace(/^['"]|['"]$/g, '');
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
