import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CallResponse, StatusResponse } from '../../../contract/c2c-v2.ts';
import type { Principal } from '../../access/keys.ts';
import type { Refusal } from '../../calls/plan-call.ts';
import type { Clock } from '../../kit/clock.ts';
import { newId } from '../../kit/ids.ts';
import type { Networks } from '../../kit/networks.ts';
import { errorOfRefusal } from '../../switchboard/answer.ts';
import { TIMEOUT_SECONDS_DEFAULT, type CallRequest } from '../../calls/plan-call.ts';
import { answerForPages } from '../../switchboard/answer-for-pages.ts';
import type { AwaitCall } from '../../switchboard/await-call.ts';
import { unwrittenAnswer, type ExplainCall } from '../../switchboard/explain-call.ts';
import type { Asked, PlaceCall } from '../../switchboard/place-call.ts';
import type { CallRecord, Journal } from '../../switchboard/ports.ts';
import { historyByToken, historyFor, type RequestHistory } from '../../switchboard/request-history.ts';
import { ALSO_HEAD } from '../also-head.ts';
import { keyHolder, type KeyDoor } from '../key-holder.ts';
import { maskPairs, maskUrl } from '../mask.ts';
import { forbiddenTo } from '../key-entry.ts';
import { readKey } from '../read-key.ts';
import { ERROR_PAGE_CSP, errorHtml } from './error-page.ts';
import { errorText } from './error-text.ts';
import { readParameters, type ReadParameters } from './parameters.ts';
import { presentStatus } from './present-history.ts';
import { presentAnswer, type Self } from './present.ts';
import { readRequest } from './read-request.ts';

export interface C2cV2Deps extends KeyDoor {
  readonly journal: Journal;
  readonly placeCall: PlaceCall;
  readonly awaitCall: AwaitCall;
  readonly explainCall: ExplainCall;
  /** Aborted when the server begins to close: whoever waits for a call is answered then. */
  readonly closing: AbortSignal;
  readonly clock: Clock;
  /** Whose word on where a request came from is taken. */
  readonly proxies: Networks;
  /** Asked for at each answer: the port may be known only after the server listens. */
  readonly self: () => Self;
  readonly repeatWindowMicros: number;
}

const KEY_INVALID =
  'The API key is missing or not valid; give a key of this installation as api_key, Authorization: Bearer or X-Api-Key.';
const NO_REQUEST: Refusal = {
  code: 'not_found',
  message: 'There is no such request; give the request_id of an answer to this key.',
};

/**
 * The documented API. Whatever comes, the answer is HTTP 200 with JSON: a client that looks at nothing but the body must
 * be able to tell what happened from it.
 */
export function c2cV2Routes(app: FastifyInstance, deps: C2cV2Deps): void {
  app.route({
    method: ['GET', 'HEAD', 'POST'],
    url: '/c2c/v2',
    handler: (request, reply) => answerCall(deps, request, reply),
  });
  app.get('/c2c/v2/status/:requestId', ALSO_HEAD, (request, reply) => answerStatus(deps, request, reply));
  app.get('/c2c/v2/errors/:requestId/:token', ALSO_HEAD, (request, reply) =>
    answerErrorPage(deps, request, reply),
  );
}

/** An answer to something that is no request of an account: it is written nowhere, so it has no URL to read about it. */
export function presentUnwritten(self: Self, refusal: Refusal): CallResponse {
  return presentAnswer(self, {
    requestId: newId(),
    outcome: 'refused',
    kind: 'asterisk',
    errors: [errorOfRefusal(refusal)],
    errorToken: undefined,
  });
}

/** Answers a request for a call: reads it, knows who asks, places it. */
export async function answerCall(
  deps: C2cV2Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<CallResponse> {
  // An answer to HEAD has no body to say it in.
  if (request.method === 'HEAD') void reply.header('x-click-2-call', 'HEAD rings no phone; use GET or POST.');
  const askedAtMicros = deps.clock.nowMicros();
  const { query, body, refusals: unreadable } = readRequest(request);
  const parameters = readParameters([...query, ...body]);
  const { request: callRequest } = parameters;
  const holder = await keyHolder(deps, request, readKey(request, parameters.keys), KEY_INVALID);
  const { principal } = holder;
  if (principal === undefined) return presentUnwritten(deps.self(), holder.refusal);
  const forbidden = forbiddenTo(principal, request, reply, deps.proxies, {
    needs: 'calls:create',
    isForPages: request.method === 'POST' && !parameters.explain,
  });
  const refusals = [...forbidden, ...unreadable, ...parameters.refusals];
  if (parameters.explain) return explain(deps, principal, callRequest, refusals);

  const asked: Asked = {
    request: callRequest,
    seen: {
      url: `${request.protocol}://${request.host}${maskUrl(request.raw.url ?? '', parameters.ignored)}`,
      method: request.method,
      data: maskPairs(body, parameters.ignored),
    },
    refusals,
    repeatWindowMicros: deps.repeatWindowMicros,
    askedAtMicros,
  };
  const { answer, isRepeat, call: placed } = await deps.placeCall.placeCall(principal, asked);
  const call = await waitFor(deps, placed, parameters);
  return principal.kind === 'publishable'
    ? presentAnswer(deps.self(), answerForPages(answer), { isRepeat, call, isForPages: true })
    : presentAnswer(deps.self(), answer, { isRepeat, call });
}

/** Nobody is rung, and nothing is written down. */
async function explain(
  { explainCall, self }: C2cV2Deps,
  principal: Principal,
  request: CallRequest,
  refusals: readonly Refusal[],
): Promise<CallResponse> {
  const explained = await explainCall.explain(principal, request, refusals);
  return presentAnswer(self(), unwrittenAnswer(explained), { explained });
}

/** An order that came to nothing is over, and not waited for. */
async function waitFor(
  { awaitCall, closing }: C2cV2Deps,
  call: CallRecord | undefined,
  { wait, request }: ReadParameters,
): Promise<CallRecord | undefined> {
  if (call === undefined || wait === 'accepted') return call;
  const timeoutSeconds = Number(request.timeout ?? TIMEOUT_SECONDS_DEFAULT);
  return awaitCall.reach(call.id, wait, timeoutSeconds, closing);
}

async function answerStatus(
  deps: C2cV2Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<StatusResponse | CallResponse> {
  const { query } = readRequest(request);
  const { keys } = readParameters(query);
  const holder = await keyHolder(deps, request, readKey(request, keys), KEY_INVALID);
  const { principal } = holder;
  if (principal === undefined) return presentUnwritten(deps.self(), holder.refusal);
  const forbidden = forbiddenTo(principal, request, reply, deps.proxies, {
    needs: 'calls:read',
    isForPages: false,
  });
  if (forbidden[0] !== undefined) return presentUnwritten(deps.self(), forbidden[0]);
  const { requestId } = request.params as { requestId: string };
  const history = await historyFor(deps.journal, principal.tenantId, requestId);
  return history === undefined ? presentUnwritten(deps.self(), NO_REQUEST) : presentStatus(history);
}

async function answerErrorPage(
  deps: C2cV2Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { requestId, token } = request.params as { requestId: string; token: string };
  const history = await historyByToken(deps.journal, requestId, token);
  if (history === undefined) return presentUnwritten(deps.self(), NO_REQUEST);
  return sendPage(reply, request.headers.accept ?? '', history, deps.clock.nowMicros());
}

/** A browser asks for HTML by name, a program for JSON; `curl` takes anything, and gets text. */
function sendPage(reply: FastifyReply, accept: string, history: RequestHistory, nowMicros: number): unknown {
  if (accept.includes('text/html')) {
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', ERROR_PAGE_CSP)
      .send(errorHtml(history, nowMicros));
  }
  if (accept.includes('application/json')) return presentStatus(history);
  return reply.type('text/plain; charset=utf-8').send(errorText(history));
}
