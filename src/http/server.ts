import type { Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Refusal } from '../calls/plan-call.ts';
import type { Logger } from '../kit/logger.ts';
import { Crowded } from '../switchboard/crowd.ts';
import { ALSO_HEAD } from './also-head.ts';
import { BODY_BYTES_MAX } from './c2c-v2/read-request.ts';
import { consoleRoutes } from './console/routes.ts';
import type { RawBody } from './raw-body.ts';
import { answerPreflights } from './cors.ts';
import { safetyHeaders } from './safety-headers.ts';
import { docsRoutes } from './docs/routes.ts';
import { watchSilent } from './silent-connections.ts';
import { linkRoutes } from './links/routes.ts';
import { openPbxDoor, type PbxDoorDeps } from './pbx-door.ts';
import { Problem } from './v3/problem.ts';
import type { V3Deps } from './v3/deps.ts';
import { methodsAt, sendProblem, serveV3 } from './v3/serve.ts';
import { widgetRoutes } from './widget/routes.ts';
import { answerCall, c2cV2Routes, presentUnwritten, type C2cV2Deps } from './c2c-v2/routes.ts';

export interface HttpDeps extends C2cV2Deps, V3Deps {
  readonly log: Logger;
  /** For PBXs that connect to us. */
  readonly door: PbxDoorDeps;
  /** Resolves when the service can do its work. */
  readonly healthy: () => Promise<unknown>;
  /** Whether an error says that something that we need can't do its work at present: it passes. */
  readonly isUnavailable: (error: unknown) => boolean;
}

const CALL_PATH = '/c2c/v2';
const BODY_TOO_LARGE = 'FST_ERR_CTP_BODY_TOO_LARGE';
/** Paths that can't be decoded, or have a part that is longer than any name of ours. */
const NO_PATHS = ['FST_ERR_BAD_URL', 'FST_ERR_MAX_PARAM_LENGTH'];
/** A client has so long to send a whole request. Slow ones hold a socket, and nothing else. */
const REQUEST_MS_MAX = 15_000;
const HEADERS_MS_MAX = 10_000;
const IDLE_MS_MAX = 65_000;

/** The HTTP face: all routes, knowing no port. With `tls` it speaks HTTPS. */
export function createHttp(deps: HttpDeps, tls?: SecureContextOptions): FastifyInstance {
  const safety = () => safetyHeaders(tls !== undefined || deps.self().publicUrl.startsWith('https:'));
  const options = {
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    keepAliveTimeout: IDLE_MS_MAX,
    exposeHeadRoutes: false,
    http: { headersTimeout: HEADERS_MS_MAX, connectionsCheckingInterval: 1_000 },
    // A path that can't be decoded never reaches a route or a hook.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      void answerFault(deps, error, request, reply.headers(safety())),
    routerOptions: { maxParamLength: 200, querystringParser: () => ({}) },
  };
  const app = (
    tls === undefined ? Fastify(options) : Fastify({ ...options, https: { ...options.http, ...tls } })
  ) as FastifyInstance;
  // A request with thousands of header lines is to be counted, not cut short by the parser.
  app.server.maxHeadersCount = 0;
  const endSilent = watchSilent(app.server, tls !== undefined);
  app.addHook('preClose', (done) => {
    endSilent();
    done();
  });
  takeBodiesAsText(app);
  const smugglers = new WeakSet<Socket>();
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(safety());
    const { socket, headers } = request.raw;
    // Somebody before us may see another end of this request than we do: what follows on this connection is nobody's.
    if ((headers['transfer-encoding'] ?? 'chunked').toLowerCase() !== 'chunked') smugglers.add(socket);
    if (!smugglers.has(socket)) return done();
    return void reply.code(400).header('connection', 'close').send();
  });
  c2cV2Routes(app, deps);
  serveV3(app, deps);
  linkRoutes(app, deps);
  answerPreflights(app);
  docsRoutes(app);
  consoleRoutes(app);
  widgetRoutes(app);
  openPbxDoor(app.server, deps.door);
  app.get('/healthz', ALSO_HEAD, async () => {
    await deps.healthy();
    return { status: 'ok' };
  });
  app.setNotFoundHandler((request, reply) => answerNotFound(deps, request, reply));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error.code !== BODY_TOO_LARGE || pathOf(request) !== CALL_PATH)
      return answerFault(deps, error, request, reply);
    // Whose request it is stands in its query or headers: it is answered, and written down, like any other.
    request.body = { type: 'too_large', text: '' } satisfies RawBody;
    return answerCall(deps, request, reply.code(200));
  });
  return app;
}

const NOTHING_HERE: Refusal = {
  code: 'not_found',
  message: 'There is nothing at this path; calls are made at /c2c/v2 and /v3/calls.',
};
const SERVER_BUSY: Refusal = {
  code: 'server_busy',
  message: 'The journal can not be written or read at present, so no PBX was asked. Try again in a moment.',
};
const RETRY_SECONDS = '1';

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

function pathOf(request: FastifyRequest): string {
  return (request.raw.url ?? '').split('?', 1)[0] ?? '';
}

function isDocumentedApi(request: FastifyRequest): boolean {
  return /^\/c2c(\/|$)/.test(pathOf(request));
}

function answerNotFound(deps: HttpDeps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!isDocumentedApi(request)) return sendProblem(reply, nothingThere(request));
  const refusal: Refusal =
    pathOf(request) === CALL_PATH
      ? { code: 'method_not_allowed', message: `${request.method} is not taken here; use GET or POST.` }
      : NOTHING_HERE;
  return reply.code(200).send(presentUnwritten(deps.self(), refusal));
}

/** What Fastify itself refuses, and faults of ours. The text of a fault is for the log alone. */
function answerFault(
  deps: HttpDeps,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Problem) return sendProblem(reply, error);
  const status = error.statusCode ?? 500;
  const busy = busyOf(deps, error);
  if (status >= 500 && !(error instanceof Crowded))
    deps.log.error({ err: error, path: request.routeOptions.url }, 'A request failed by a fault of ours.');
  if (busy !== undefined) void reply.header('retry-after', RETRY_SECONDS);
  if (!isDocumentedApi(request)) return sendProblem(reply, problemOf(error, status, busy));
  return reply.code(200).send(presentUnwritten(deps.self(), busy ?? refusalOf(error, status)));
}

/** What passes by itself, in words for whoever asked. */
function busyOf(deps: HttpDeps, error: unknown): Refusal | undefined {
  if (error instanceof Crowded) return { code: 'server_busy', message: error.message };
  return deps.isUnavailable(error) ? SERVER_BUSY : undefined;
}

function refusalOf(error: FastifyError, status: number): Refusal {
  if (NO_PATHS.includes(error.code)) return NOTHING_HERE;
  if (status < 500)
    return { code: 'body_invalid', message: 'The request can not be read; check its headers and its body.' };
  return {
    code: 'internal',
    message: 'A fault of ours; no PBX was asked. Try again, and tell us the request_id if it stays.',
  };
}

function nothingThere(request: FastifyRequest): Problem {
  const methods = methodsAt(pathOf(request));
  return methods.length === 0
    ? new Problem('not_found', 'There is nothing at this path; /docs lists what there is.')
    : new Problem('method_not_allowed', `${request.method} is not taken here; use ${methods.join(' or ')}.`, {
        headers: { allow: methods.join(', ') },
      });
}

function problemOf(error: FastifyError, status: number, busy: Refusal | undefined): Problem {
  if (busy !== undefined) return new Problem(busy.code, busy.message);
  if (error.code === BODY_TOO_LARGE)
    return new Problem('body_too_large', `The body is over ${BODY_BYTES_MAX} bytes; send less.`);
  const { code, message } = refusalOf(error, status);
  return new Problem(code, message);
}
