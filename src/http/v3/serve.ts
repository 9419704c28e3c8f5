import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CREATE_CALL, READ_CALL } from '../../../contract/v3/calls.ts';
import { STREAM_CALL_EVENTS } from '../../../contract/v3/events.ts';
import { authenticate } from '../../access/keys.ts';
import { forbiddenTo } from '../key-entry.ts';
import { maskFields, maskUrl } from '../mask.ts';
import type { RawBody } from '../raw-body.ts';
import { readKey } from '../read-key.ts';
import type { V3Deps } from './deps.ts';
import { Problem, problemBody, PROBLEM_TYPE } from './problem.ts';
import { readBody, readQuery } from './read-input.ts';
import type { Answer, Ask, Route } from './route.ts';
import { ROUTES } from './routes.ts';

/** The resource API at the server: each row of its table as a route. What handlers throw goes to the error handler. */
export function serveV3(app: FastifyInstance, deps: V3Deps): void {
  for (const each of ROUTES) {
    app.route({
      method: each.method,
      url: each.path.replace(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        const answer = await each.handle(await read(each, request, reply, deps), deps);
        return send(answer, request, reply);
      },
    });
  }
}

/** The methods that a path of the table takes; empty where it is none of them. */
export function methodsAt(path: string): readonly string[] {
  return ROUTES.filter((each) => pattern(each).test(path)).map(({ method }) => method);
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).headers(problem.headers).type(PROBLEM_TYPE).send(problemBody(problem));
}

async function read(route: Route, request: FastifyRequest, reply: FastifyReply, deps: V3Deps): Promise<Ask> {
  const { operation } = route;
  const askedAtMicros = deps.clock.nowMicros();
  const { principal, refusals } = await admit(route, request, reply, deps);
  if (principal.keyId !== undefined) deps.journal.keyUsed(principal.keyId, askedAtMicros);
  const url = request.raw.url ?? '';
  const question = url.indexOf('?');
  const query = readQuery(operation.query, question < 0 ? '' : url.slice(question + 1));
  const body = readBody(operation.body, request.body as RawBody | undefined);
  const params = request.params as Readonly<Record<string, string>>;
  const { protocol, host, method, headers } = request;
  return {
    principal,
    refusals,
    query,
    body,
    askedAtMicros,
    seen: () => ({ url: `${protocol}://${host}${maskUrl(url)}`, method, data: maskFields(body) }),
    param(name) {
      const value = params[name];
      if (value === undefined) throw new Error(`The route has no {${name}}.`);
      return value.toLowerCase();
    },
    header(name) {
      const value = headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : value;
    },
  };
}

/** A call that a key may not make is in its owner's journal; of anything else there is nothing to write down. */
async function admit(
  { needs, operation }: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  { keys, clock, proxies }: V3Deps,
): Promise<Pick<Ask, 'principal' | 'refusals'>> {
  const principal = await authenticate(keys, clock, readKey(request, []));
  if (principal === undefined) throw new Problem('key_invalid', KEY_INVALID, { headers: CHALLENGE });
  const refusals = forbiddenTo(principal, request, reply, proxies, {
    needs: needs === 'any key' ? undefined : needs,
    isForPages: FOR_PAGES.includes(operation.id),
  });
  if (refusals.length === 0 || operation.id === CREATE_CALL.id) return { principal, refusals };
  throw new Problem('key_forbidden', refusals.map(({ message }) => message).join(' '));
}

const FOR_PAGES: readonly string[] = [CREATE_CALL.id, READ_CALL.id, STREAM_CALL_EVENTS.id];
const CHALLENGE = { 'www-authenticate': 'Bearer realm="click2call"' };
const KEY_INVALID =
  'The API key is missing or not valid; give a key of this installation as Authorization: Bearer or X-Api-Key. Keys in the URL are not taken here.';

function send(answer: Answer, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if ('stream' in answer) {
    reply.hijack();
    for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...answer.headers }))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.writeHead(answer.status);
    answer.stream(reply.raw, request.raw);
    return reply;
  }
  void reply.code(answer.status).headers(answer.headers ?? {});
  return answer.body === undefined
    ? reply.send()
    : reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.body));
}

function pattern({ path }: Route): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}
