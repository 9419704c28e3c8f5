import { ERROR_CODES, type ErrorCode } from '../../../contract/error-codes.ts';
import { maskKeys } from '../../access/key-text.ts';
import type { FieldError, Problem as ProblemBody } from '../../../contract/v3/problem.ts';

/** Why a request is not done, as its handler throws it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ErrorCode;
  readonly more: Partial<Pick<ProblemBody, 'call_id' | 'pbx_message' | 'remedy'>>;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    detail: string,
    {
      errors = [],
      headers = {},
      ...more
    }: Partial<Pick<Problem, 'errors' | 'headers'>> & Problem['more'] = {},
  ) {
    // It repeats what was sent, which may be a key in the wrong place.
    super(maskKeys(detail));
    this.code = code;
    this.errors = errors.map((each) => ({
      ...each,
      field: maskKeys(each.field),
      detail: maskKeys(each.detail),
    }));
    this.headers = headers;
    this.more = more;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}

export const PROBLEM_TYPE = 'application/problem+json';

export function problemBody({ code, message, status, errors, more }: Problem): ProblemBody {
  return {
    type: `/docs/errors#${code}`,
    title: ERROR_CODES[code].title,
    status,
    detail: message,
    code,
    ...(errors.length > 0 && { errors: [...errors] }),
    ...more,
  };
}

/** The first thing that is wrong names the problem. */
export function problemOfFields(errors: readonly FieldError[], more: Problem['more'] = {}): Problem {
  const [first] = errors;
  if (first === undefined) throw new Error('Nothing is wrong.');
  return new Problem(first.code as ErrorCode, errors.map(({ detail }) => detail).join(' '), {
    ...more,
    errors,
  });
}

/** One and the same for what is not there and for what is another account's. */
export function notFound(what: string): Problem {
  return new Problem('not_found', `There is no ${what} of this id that this key may see.`);
}
