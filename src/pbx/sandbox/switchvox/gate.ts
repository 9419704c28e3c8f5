import { createHash } from 'node:crypto';
import { newToken } from '../../../kit/ids.ts';
import { findEndpoint } from '../endpoints.ts';
import type { SwitchvoxFaults, SwitchvoxSandboxOptions, SwitchvoxVariant } from './options.ts';

/** Who has logged in: the administrator, or an extension. */
export type Caller =
  | { readonly role: 'administrator' }
  | { readonly role: 'user'; readonly extension: string };

export type Verdict =
  | { readonly caller: Caller }
  /** `challenges`: the values of `WWW-Authenticate`, one a header. */
  | { readonly status: 401 | 403; readonly challenges: readonly string[] };

const REALM = 'Switchvox';
const NONCES_MAX = 1_000;

/** The login of a Switchvox: HTTP Basic, Digest, or both. */
export class Gate {
  readonly #options: SwitchvoxSandboxOptions;
  readonly #variant: SwitchvoxVariant;
  readonly #faults: SwitchvoxFaults;
  readonly #nonces = new Map<string, number>();
  readonly tries: ('none' | 'basic' | 'digest')[] = [];

  constructor(options: SwitchvoxSandboxOptions, faults: SwitchvoxFaults) {
    this.#options = options;
    this.#variant = options.variant ?? {};
    this.#faults = faults;
  }

  /** @param authorization the header, as it came */
  admit(method: string, uri: string, authorization: string | undefined): Verdict {
    const { auth = 'basic' } = this.#variant;
    const [scheme = '', rest = ''] = (authorization ?? '').split(/ (.*)/s);
    this.tries.push(scheme === 'Basic' ? 'basic' : scheme === 'Digest' ? 'digest' : 'none');
    if (this.#faults.refuseLogin === true) return this.#refuse(authorization !== undefined);
    if (scheme === 'Basic' && auth !== 'digest') return this.#basic(rest);
    if (scheme === 'Digest' && auth !== 'basic') return this.#digest(method, uri, rest);
    return this.#refuse(false);
  }

  #basic(token: string): Verdict {
    const text = Buffer.from(token, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    const found = this.#find(text.slice(0, colon));
    return found?.password === text.slice(colon + 1) ? { caller: found.caller } : this.#refuse(true);
  }

  #digest(method: string, uri: string, header: string): Verdict {
    const field = readFields(Buffer.from(header, 'latin1').toString('utf8'));
    const { username = '', nonce = '', nc = '', cnonce = '', qop, response, uri: named = '' } = field;
    const uses = (this.#nonces.get(nonce) ?? Number.NaN) + 1;
    this.#nonces.set(nonce, uses);
    const found = this.#find(username);
    const ha1 = md5(`${username}:${REALM}:${found?.password}`);
    const middle = qop === undefined ? '' : `${nc}:${cnonce}:${qop}:`;
    const isRight =
      found !== undefined &&
      named === uri &&
      field['realm'] === REALM &&
      response === md5(`${ha1}:${nonce}:${middle}${md5(`${method}:${uri}`)}`);
    if (!isRight) return this.#refuse(true);
    const isWornOut = !(uses <= (this.#faults.nonceUses ?? Infinity));
    return isWornOut ? this.#challenge(this.#faults.saysStale ?? true) : { caller: found.caller };
  }

  #find(username: string): { readonly password: string; readonly caller: Caller } | undefined {
    const { password = 'sandbox', userPassword = password } = this.#options;
    if (username === (this.#options.username ?? 'click2call'))
      return { password, caller: { role: 'administrator' } };
    if (findEndpoint(username) === undefined) return undefined;
    return { password: userPassword, caller: { role: 'user', extension: username } };
  }

  /** A refusal of a login that was tried; one that was not is asked for. */
  #refuse(wasTried: boolean): Verdict {
    if (wasTried && this.#variant.refusal === 403) return { status: 403, challenges: [] };
    return this.#challenge(false);
  }

  #challenge(isStale: boolean): Verdict {
    const { auth = 'basic', qop = 'auth', quoting = 'plain' } = this.#variant;
    const nonce = newToken(16);
    this.#nonces.set(nonce, 0);
    const oldest = this.#nonces.keys().next().value;
    if (this.#nonces.size > NONCES_MAX && oldest !== undefined) this.#nonces.delete(oldest);
    const digest =
      quoting === 'odd'
        ? `digest  REALM='${REALM}' ,nonce=${nonce},  opaque="",algorithm="MD5"${qop === 'auth' ? ',qop=auth' : ''}${isStale ? ',stale="TRUE"' : ''}`
        : `Digest realm="${REALM}", nonce="${nonce}"${qop === 'auth' ? ', qop="auth,auth-int"' : ''}, algorithm=MD5${isStale ? ', stale=true' : ''}`;
    const basic = `Basic realm="${REALM}"`;
    return { status: 401, challenges: { basic: [basic], digest: [digest], both: [basic, digest] }[auth] };
  }
}

function readFields(header: string): Record<string, string | undefined> {
  return Object.fromEntries(
    [...header.matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)].map(([, name = '', quoted, plain]) => [
      name,
      plain ?? quoted?.replace(/\\(.)/g, '$1') ?? '',
    ]),
  );
}

function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}
