import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress } from '../client-address.ts';
import { maskFields, maskUrl } from '../mask.ts';
import type { RawBody } from '../raw-body.ts';
import { admit } from './admit.ts';
import type { V3Deps } from './deps.ts';
import { type Problem, problemBody, PROBLEM_TYPE } from './problem.ts';
import { readBody, readQuery } from './read-input.ts';
import type { Answer, Ask, Route } from './route.ts';
import { ROUTES } from './routes.ts';
import { keepsCookie, readCookie } from './session-cookie.ts';

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
  const { principal, visit, refusals } = await admit(route, request, reply, deps);
  if (principal.keyId !== undefined) deps.journal.keyUsed(principal.keyId, askedAtMicros);
  const url = request.raw.url ?? '';
  const question = url.indexOf('?');
  const query = readQuery(operation.query, question < 0 ? '' : url.slice(question + 1));
  const body = readBody(operation.body, request.body as RawBody | undefined);
  const params = request.params as Readonly<Record<string, string>>;
  const { protocol, host, method, headers } = request;
  return {
    principal,
    visit,
    refusals,
    query,
    body,
    askedAtMicros,
    seen: () => ({
      url: `${protocol}://${host}${maskUrl(url)}`,
      method,
      data: maskFields(body),
      ...userOf(principal),
    }),
    from: {
      address: clientAddress(request.raw, deps.proxies),
      agent: headers['user-agent'] ?? '',
      cookie: readCookie(request),
    },
    keepsCookie: () => keepsCookie(request, deps.self().publicUrl),
    param(name) {
      const value = params[name];
      if (value === undefined) throw new Error(`The route has no {${name}}.`);
      return value.toLowerCase();
    },
    token: () => params['token'] ?? '',
    header(name) {
      const value = headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : value;
    },
  };
}

function userOf({ person }: Ask['principal']): { readonly user?: string } {
  return person === undefined ? {} : { user: person.userId };
}

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
