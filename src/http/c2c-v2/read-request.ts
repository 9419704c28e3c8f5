import type { FastifyRequest } from 'fastify';
import type { Refusal } from '../../calls/plan-call.ts';
import { BodyInvalid, decodeForm, decodeJson } from '../decode.ts';
import type { RawBody } from '../raw-body.ts';
import type { Pairs } from './parameters.ts';
import { prefetchReason } from './prefetch.ts';

export interface ReadRequest {
  readonly query: Pairs;
  readonly body: Pairs;
  readonly refusals: readonly Refusal[];
}

export const BODY_BYTES_MAX = 64 * 1024;
const HEADER_LINES_MAX = 100;

/** Takes a request apart. What can't be read is a refusal, and the rest is read all the same, so that its key is known. */
export function readRequest(request: FastifyRequest): ReadRequest {
  const refusals: Refusal[] = [];
  const reason = prefetchReason(request.method, request.headers);
  if (reason !== undefined) refusals.push({ code: 'prefetch_refused', message: reason });
  const headerLines = request.raw.rawHeaders.length / 2;
  if (headerLines > HEADER_LINES_MAX) {
    const message = `The request has ${headerLines} header lines; at most ${HEADER_LINES_MAX} are allowed.`;
    refusals.push({ code: 'parameter_invalid', message });
  }
  const url = request.raw.url ?? '';
  const question = url.indexOf('?');
  return {
    query: question < 0 ? [] : decodeForm(url.slice(question + 1)),
    body: readBody(request.body as RawBody | undefined, refusals),
    refusals,
  };
}

function readBody(body: RawBody | undefined, refusals: Refusal[]): Pairs {
  if (body?.type === 'too_large') {
    const message = `The body is over ${BODY_BYTES_MAX} bytes; send the parameters alone.`;
    refusals.push({ code: 'body_too_large', message });
  }
  if (body === undefined || body.text === '') return [];
  if (body.type === 'form') return decodeForm(body.text);
  if (body.type === 'unknown') {
    const message =
      'Content-Type is neither application/json nor application/x-www-form-urlencoded; give one of them.';
    refusals.push({ code: 'media_type_unsupported', message });
    return [];
  }
  try {
    return decodeJson(body.text);
  } catch (error) {
    if (!(error instanceof BodyInvalid)) throw error;
    refusals.push({ code: 'body_invalid', message: error.message });
    return [];
  }
}
