import { ERROR_CODES, type ErrorCode } from '../../contract/error-codes.ts';
import type { Answer, AnswerError } from './answer.ts';

/** What is wrong with the request itself, in our words, which repeat nothing but the request. */
const OF_THE_REQUEST = new Set<ErrorCode>([
  'key_forbidden',
  'key_limit',
  'parameter_missing',
  'parameter_unknown',
  'parameter_repeated',
  'parameter_invalid',
  'dial_as_conflict',
  'idempotency_key_reused',
  'body_invalid',
  'body_too_large',
  'media_type_unsupported',
  'prefetch_refused',
]);

/**
 * An answer as everybody may see it who looks at a web page with a publishable key. Of anything else than the request it says
 * what kind of thing went wrong; its owner reads the rest in the journal. The page of a request shows all that went between us
 * and the PBX, so there is no way to it.
 */
export function answerForPages(answer: Answer): Answer {
  return { ...answer, errorToken: undefined, errors: answer.errors.map(errorForPages) };
}

function errorForPages({ code, message, field }: AnswerError): AnswerError {
  const said = OF_THE_REQUEST.has(code) ? message : ERROR_CODES[code].says;
  return { code, message: said, said, ...(field !== undefined && { field }) };
}
