import { newToken } from '../../kit/ids.ts';
import { digestAuthorization, pickDigest, readChallenges, type DigestChallenge } from '../wire/digest.ts';
import type { SwitchvoxSettings } from './manifest.ts';

/** A way to log in: nothing until the box asks, the password, or the answer to a challenge. */
export type Scheme =
  | { readonly by: 'nothing' }
  | { readonly by: 'basic' }
  | { readonly by: 'digest'; readonly challenge: DigestChallenge; uses: number };

type Login = Pick<SwitchvoxSettings, 'username' | 'password' | 'auth' | 'tls'>;

/** What each request begins with: the password only where the settings say so. */
export function firstScheme({ auth }: Pick<Login, 'auth'>): Scheme {
  return { by: auth === 'basic' ? 'basic' : 'nothing' };
}

/** The `Authorization` of one request; undefined: none. */
export function authorizationOf(
  scheme: Scheme,
  login: Login,
  request: { readonly method: string; readonly uri: string },
): string | undefined {
  if (scheme.by === 'nothing') return undefined;
  if (scheme.by === 'basic') return `Basic ${basicToken(login)}`;
  const { username, password } = login;
  const use = { username, password, ...request, count: ++scheme.uses, clientNonce: newToken(12) };
  // A header holds bytes: a name in another script goes as the bytes of its UTF-8.
  return Buffer.from(digestAuthorization(scheme.challenge, use), 'utf8').toString('latin1');
}

/**
 * What to try after a 401 or 403; undefined: the login itself is refused.
 *
 * The password goes out only where `auth` is `basic`, or where it is `auto`, the box does not offer a digest, and the
 * connection is TLS with a certificate that was checked.
 * @param isFresh what was sent answers a challenge of this very request, so a refusal of it is about the login
 */
export function nextScheme(
  sent: Scheme,
  login: Login,
  header: string | undefined,
  isFresh: boolean,
): Scheme | undefined {
  if (login.auth === 'basic') return undefined;
  const challenges = readChallenges(header ?? '');
  const challenge = pickDigest(challenges);
  if (challenge !== undefined) {
    const mayHaveRunOut = sent.by !== 'digest' || !isFresh || challenge.isStale;
    return mayHaveRunOut ? { by: 'digest', challenge, uses: 0 } : undefined;
  }
  if (login.auth === 'digest' || !login.tls || sent.by === 'basic') return undefined;
  const asksForBasic = challenges.some(({ scheme }) => scheme === 'basic');
  // Some boxes only say no: then the password is tried once, where nothing was sent yet.
  return asksForBasic || (challenges.length === 0 && sent.by === 'nothing') ? { by: 'basic' } : undefined;
}

/** What may stand in no exchange: the password, and the one form of it that goes over the wire. */
export function secretsOf(login: Login): readonly string[] {
  return [login.password, basicToken(login)];
}

function basicToken({ username, password }: Login): string {
  return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}
