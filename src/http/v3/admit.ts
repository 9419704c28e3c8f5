import type { FastifyReply, FastifyRequest } from 'fastify';
import { CREATE_CALL, HANG_UP_CALL, READ_CALL } from '../../../contract/v3/calls.ts';
import { STREAM_CALL_EVENTS } from '../../../contract/v3/events.ts';
import type { Principal } from '../../access/keys.ts';
import { scopesOfRole } from '../../access/roles.ts';
import { mayDo } from '../../access/scopes.ts';
import type { Refusal } from '../../calls/plan-call.ts';
import { visitOf } from '../../people/log-in.ts';
import type { Visit } from '../../people/ports.ts';
import { forbiddenTo } from '../key-entry.ts';
import { keyHolder, type KeyHolder } from '../key-holder.ts';
import { readKey } from '../read-key.ts';
import type { V3Deps } from './deps.ts';
import { isFromOwnPage } from './own-origin.ts';
import { Problem } from './problem.ts';
import { isManaging, type Ask, type Route } from './route.ts';
import { NO_COOKIE, readCookie } from './session-cookie.ts';

type Admitted = Pick<Ask, 'principal' | 'visit' | 'refusals'>;

/** Whoever asks for what needs nobody in particular: an account that is not there, and no rights. */
const ANYBODY: Principal = { tenantId: '', keyId: undefined, scopes: [] };

/**
 * Who asks, where they may: the holder of a key, or somebody by the cookie of their session. Where a key came, it counts, and
 * no cookie does.
 * @throws Problem
 */
export async function admit(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: V3Deps,
): Promise<Admitted> {
  if (route.needs === 'nothing') {
    // Nobody's browser is to be logged in, or signed up, by a page of another site.
    if (isChange(request) && isFromOwnPage(request, deps.self().publicUrl) === false) throw fromElsewhere();
    return { principal: ANYBODY, visit: undefined, refusals: [] };
  }
  const { authorization, 'x-api-key': header } = request.headers;
  const cookie = readCookie(request);
  return cookie === undefined || authorization !== undefined || header !== undefined
    ? admitKey(route, request, reply, deps)
    : admitVisitor(route, cookie, request, deps);
}

/** A call that a key may not make is in its owner's journal; of anything else there is nothing to write down. */
async function admitKey(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: V3Deps,
): Promise<Admitted> {
  const { needs, operation } = route;
  const holder = await keyHolder(deps, request, readKey(request, []), KEY_INVALID);
  const { principal } = holder;
  if (principal === undefined) throw notHeld(holder);
  if (needs === 'a session')
    throw new Problem('session_needed', 'This is for people; log in, and send no key.');
  const refusals = forbiddenTo(principal, request, reply, deps.proxies, {
    needs: needs === 'any key' || needs === 'nothing' ? undefined : needs,
    isForPages: FOR_PAGES.includes(operation.id),
  });
  // Whoever stole a key is not to make a new one of it, nor to unfreeze it.
  const frozen = isManaging(route) ? await deps.breaker.frozen(principal) : undefined;
  if (frozen !== undefined) throw new Problem(frozen.code, frozen.message);
  if (refusals.length === 0 || operation.id === CREATE_CALL.id)
    return { principal, visit: undefined, refusals };
  throw forbidden(refusals);
}

async function admitVisitor(
  { needs }: Route,
  cookie: string,
  request: FastifyRequest,
  deps: V3Deps,
): Promise<Admitted> {
  if (isChange(request) && isFromOwnPage(request, deps.self().publicUrl) !== true) throw fromElsewhere();
  const visit = await visitOf(deps.people, cookie);
  if (visit === undefined) throw new Problem('session_ended', SESSION_ENDED, { headers: NO_COOKIE });
  const scopes = scopesOfRole(visit.role, visit.user.confirmedAtMicros !== undefined);
  const { id: sessionId, tenantId, userId } = visit.login;
  const principal: Principal = { tenantId, keyId: undefined, scopes, person: { userId, sessionId } };
  const isFree = needs === 'any key' || needs === 'a session' || needs === 'nothing';
  if (isFree || mayDo(principal, needs)) return { principal, visit, refusals: [] };
  throw new Problem('key_forbidden', notInRole(visit, needs));
}

function notHeld({ refusal, seconds }: Extract<KeyHolder, { readonly principal: undefined }>): Problem {
  const headers = seconds === undefined ? CHALLENGE : { 'retry-after': String(seconds) };
  return new Problem(refusal.code, refusal.message, { headers });
}

function isChange({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function forbidden(refusals: readonly Refusal[]): Problem {
  return new Problem('key_forbidden', refusals.map(({ message }) => message).join(' '));
}

function notInRole({ role, user }: Visit, needs: string): string {
  const wait = user.confirmedAtMicros === undefined ? ' before the e-mail is confirmed' : '';
  return `This needs the scope ${needs}, which the role ${role} has not${wait}.`;
}

function fromElsewhere(): Problem {
  return new Problem(
    'origin_refused',
    'A page of another site sent this, or nothing says that ours did, so nothing was done. With a session, send Sec-Fetch-Site: same-origin, or the Origin of this server; programs use a key.',
  );
}

const FOR_PAGES: readonly string[] = [CREATE_CALL.id, READ_CALL.id, STREAM_CALL_EVENTS.id, HANG_UP_CALL.id];
const CHALLENGE = { 'www-authenticate': 'Bearer realm="click2call"' };
const SESSION_ENDED = 'This session is over; log in again.';
const KEY_INVALID =
  'The API key is missing or not valid; give a key of this installation as Authorization: Bearer or X-Api-Key. Keys in the URL are not taken here.';
