import type { SecureContextOptions } from 'node:tls';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Refusal } from '../calls/plan-call.ts';
import type { Logger } from '../kit/logger.ts';
import type { RawBody } from './c2c-v2/read-request.ts';
import { c2cV2Routes, presentUnwritten, type C2cV2Deps } from './c2c-v2/routes.ts';

export interface HttpDeps extends C2cV2Deps {
  readonly log: Logger;
  /** Resolves when the service can do its work. */
  readonly healthy: () => Promise<unknown>;
}

const BODY_BYTES_MAX = 64 * 1024;
/** A client has so long to send a whole request. Slow ones hold a socket, and nothing else. */
const REQUEST_MS_MAX = 15_000;
const HEADERS_MS_MAX = 10_000;
const IDLE_MS_MAX = 65_000;

/** The HTTP face: all routes, knowing no port. With `tls` it speaks HTTPS. */
export function createHttp(deps: HttpDeps, tls?: SecureContextOptions): FastifyInstance {
  const options = {
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    keepAliveTimeout: IDLE_MS_MAX,
    exposeHeadRoutes: false,
    http: { headersTimeout: HEADERS_MS_MAX, connectionsCheckingInterval: 1_000 },
    routerOptions: { maxParamLength: 200, querystringParser: () => ({}) },
  };
  const app = (
    tls === undefined ? Fastify(options) : Fastify({ ...options, https: { ...options.http, ...tls } })
  ) as FastifyInstance;
  // A request with thousands of header lines is to be counted, not cut short by the parser.
  app.server.maxHeadersCount = 0;
  takeBodiesAsText(app);
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(HEADERS);
    done();
  });
  c2cV2Routes(app, deps);
  app.get('/healthz', async () => {
    await deps.healthy();
    return { status: 'ok' };
  });
  app.setNotFoundHandler((request, reply) => answerNotFound(deps, request, reply));
  app.setErrorHandler((error: FastifyError, request, reply) => answerFault(deps, error, request, reply));
  return app;
}

/** Answers hold keys' doings and phone numbers: nobody on the way keeps them, and no link out of them tells where from. */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** Routes read their bodies themselves: a body that can't be read must be answered in each API's own form. */
function takeBodiesAsText(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const take =
    (type: RawBody['type']) =>
    (_request: FastifyRequest, text: string, done: (e: null, b: RawBody) => void) =>
      done(null, { text, type });
  app.addContentTypeParser('application/json', { parseAs: 'string' }, take('json'));
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, take('form'));
  app.addContentTypeParser('*', { parseAs: 'string' }, take('unknown'));
}

function isDocumentedApi(request: FastifyRequest): boolean {
  return /^\/c2c(\/|$|\?)/.test(request.raw.url ?? '');
}

function answerNotFound(deps: HttpDeps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = (request.raw.url ?? '').split('?', 1)[0] ?? '';
  if (!isDocumentedApi(request)) return sendProblem(reply, 404, 'Not found');
  const isCallPath = path === '/c2c/v2';
  const refusal: Refusal = isCallPath
    ? { code: 'method_not_allowed', message: `${request.method} is not taken here; use GET or POST.` }
    : { code: 'not_found', message: 'There is nothing at this path; calls are made at /c2c/v2.' };
  return reply.code(200).send(presentUnwritten(deps.self(), refusal));
}

/** What Fastify itself refuses, and faults of ours. The text of a fault is for the log alone. */
function answerFault(
  deps: HttpDeps,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status >= 500)
    deps.log.error({ err: error, path: request.routeOptions.url }, 'A request failed by a fault of ours.');
  if (!isDocumentedApi(request))
    return sendProblem(reply, status, status >= 500 ? 'Internal error' : 'Bad request');
  return reply.code(200).send(presentUnwritten(deps.self(), refusalOf(error, status)));
}

function refusalOf(error: FastifyError, status: number): Refusal {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return {
      code: 'body_too_large',
      message: `The body is over ${BODY_BYTES_MAX} bytes; send the parameters alone.`,
    };
  }
  if (status < 500)
    return { code: 'body_invalid', message: 'The request can not be read; check its headers and its body.' };
  return {
    code: 'internal',
    message: 'A fault of ours; no PBX was asked. Try again, and tell us the request_id if it stays.',
  };
}

function sendProblem(reply: FastifyReply, status: number, title: string): FastifyReply {
  return reply.code(status).type('application/problem+json').send({ type: 'about:blank', title, status });
}
