import { ERROR_CODES, REQUEST_ERRORS, type ErrorCode } from '../../contract/error-codes.ts';
import type { Answer, AnswerError } from './answer.ts';

/** What is wrong with the request, or with the key for it, in our words, which repeat nothing but the request. */
const OF_THE_REQUEST = new Set<ErrorCode>([
  ...REQUEST_ERRORS,
  'key_forbidden',
  'key_limit',
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
