import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Scope } from '../../contract/v3/scopes.ts';
import { entryProblems, readableBy, type CameFrom } from '../access/entry.ts';
import type { Principal } from '../access/keys.ts';
import { mayDo } from '../access/scopes.ts';
import type { Refusal } from '../calls/plan-call.ts';
import type { Networks } from '../kit/networks.ts';
import { clientAddress } from './client-address.ts';
import { isLoopbackName } from './v3/own-origin.ts';

/** What a page may read of an answer beside its body. */
const EXPOSED = 'Location, Idempotent-Replayed, Retry-After';

/**
 * Each reason why a good key may not do this from there: its scopes, where it came from, what it was made for. Lets the page
 * that it came from read the answer, where that is one of the key's own.
 * @param needs the scope that this takes; undefined: none
 * @param isForPages whether a key that everybody can read in a web page may do it
 */
export function forbiddenTo(
  principal: Principal,
  request: FastifyRequest,
  reply: FastifyReply,
  proxies: Networks,
  { needs, isForPages }: { readonly needs: Scope | undefined; readonly isForPages: boolean },
): Refusal[] {
  const from: CameFrom = {
    address: clientAddress(request.raw, proxies),
    origin: request.headers.origin ?? ownOrigin(request),
  };
  const page = readableBy(principal, from);
  if (page !== undefined)
    void reply.headers({ 'access-control-allow-origin': page, 'access-control-expose-headers': EXPOSED });
  // Nobody on the way may give one page's answer to another.
  if (principal.limits?.allowOrigin !== undefined) void reply.header('vary', 'Origin');
  const problems = entryProblems(principal, from);
  if (needs !== undefined && !mayDo(principal, needs))
    problems.push(`This needs a key with the scope ${needs}, which this key has not.`);
  if (principal.kind === 'publishable' && !isForPages) problems.push(NOT_FOR_PAGES);
  return problems.map((message) => ({ code: 'key_forbidden', message }));
}

/**
 * The origin of a page of this very server: for what it reads there, a browser sends no `Origin`. That it is such a page, the
 * browser says by `Sec-Fetch-Site`, which it sends over HTTPS and to its own machine alone.
 */
function ownOrigin({ headers, host, hostname, protocol }: FastifyRequest): string | undefined {
  if (headers['sec-fetch-site'] !== 'same-origin') return undefined;
  return `${isLoopbackName(hostname) ? protocol : 'https'}://${host}`;
}

const NOT_FOR_PAGES =
  'This is a publishable key: it makes calls by POST, and reads and ends the calls that it made in /v3. Use a live key, on a server, for more.';
