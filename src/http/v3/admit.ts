import type { FastifyRequest } from 'fastify';
import { authenticate, type Principal } from '../../access/keys.ts';
import { mayDo } from '../../access/scopes.ts';
import { scopesOfRole } from '../../access/roles.ts';
import { visitOf } from '../../people/log-in.ts';
import type { Visit } from '../../people/ports.ts';
import { readKey } from '../read-key.ts';
import type { V3Deps } from './deps.ts';
import { isFromOwnPage } from './own-origin.ts';
import { Problem } from './problem.ts';
import type { Route } from './route.ts';
import { NO_COOKIE, readCookie } from './session-cookie.ts';

export interface Admitted {
  readonly principal: Principal;
  /** Of somebody logged in. */
  readonly visit: Visit | undefined;
}

/** Whoever asks for what needs nobody in particular: an account that is not there, and no rights. */
const ANYBODY: Principal = { tenantId: '', keyId: undefined, scopes: [] };

/**
 * Who asks, where they may: the holder of a key, or somebody by the cookie of their session. Where a key came, it counts, and
 * no cookie does.
 * @throws Problem
 */
export async function admit({ needs }: Route, request: FastifyRequest, deps: V3Deps): Promise<Admitted> {
  if (needs === 'nothing') {
    // Nobody's browser is to be logged in, or signed up, by a page of another site.
    if (isChange(request) && isFromOwnPage(request, deps.self().publicUrl) === false) throw fromElsewhere();
    return { principal: ANYBODY, visit: undefined };
  }
  const admitted = await askerOf(request, deps);
  if (needs === 'a session' && admitted.visit === undefined)
    throw new Problem('session_needed', 'This is for people; log in, and send no key.');
  if (needs === 'a session' || needs === 'any key' || mayDo(admitted.principal, needs)) return admitted;
  throw new Problem('key_forbidden', forbidden(admitted, needs));
}

async function askerOf(request: FastifyRequest, deps: V3Deps): Promise<Admitted> {
  const { authorization, 'x-api-key': header } = request.headers;
  const cookie = readCookie(request);
  if (cookie !== undefined && authorization === undefined && header === undefined)
    return visitor(cookie, request, deps);
  const principal = await authenticate(deps.keys, readKey(request, []));
  if (principal === undefined) throw new Problem('key_invalid', KEY_INVALID, { headers: CHALLENGE });
  return { principal, visit: undefined };
}

async function visitor(cookie: string, request: FastifyRequest, deps: V3Deps): Promise<Admitted> {
  if (isChange(request) && isFromOwnPage(request, deps.self().publicUrl) !== true) throw fromElsewhere();
  const visit = await visitOf(deps.people, cookie);
  if (visit === undefined)
    throw new Problem('session_ended', 'This session is over; log in again.', {
      headers: { ...CHALLENGE, ...NO_COOKIE },
    });
  const scopes = scopesOfRole(visit.role, visit.user.confirmedAtMicros !== undefined);
  const { id: sessionId, tenantId, userId } = visit.login;
  return { principal: { tenantId, keyId: undefined, scopes, person: { userId, sessionId } }, visit };
}

function isChange({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function fromElsewhere(): Problem {
  return new Problem(
    'origin_refused',
    'A page of another site sent this, or nothing says that ours did, so nothing was done. With a session, send Sec-Fetch-Site: same-origin, or the Origin of this server; programs use a key.',
  );
}

function forbidden({ visit }: Admitted, needs: string): string {
  if (visit === undefined) return `This needs a key with the scope ${needs}, which this key has not.`;
  const wait = visit.user.confirmedAtMicros === undefined ? ' before the e-mail is confirmed' : '';
  return `This needs the scope ${needs}, which the role ${visit.role} has not${wait}.`;
}

const CHALLENGE = { 'www-authenticate': 'Bearer realm="click2call"' };
const KEY_INVALID =
  'The API key is missing or not valid; give a key of this installation as Authorization: Bearer or X-Api-Key. Keys in the URL are not taken here.';
