import type { ErrorCode } from '../../../../contract/error-codes.ts';
import { AccessError, type AccessProblem } from '../../../access/read-rights.ts';
import { Problem } from '../problem.ts';

/** @param code what is the matter with all of them */
export function problemOfAccess(code: ErrorCode, problems: readonly AccessProblem[]): Problem {
  return new Problem(code, problems.map(({ says }) => says).join(' '), {
    errors: problems.map(({ field, says }) => ({ field, code, detail: says })),
  });
}

/** What was read. @throws Problem that names each field in which it was wrong */
export function orWrong<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (error instanceof AccessError) throw problemOfAccess('parameter_invalid', error.problems);
    throw error;
  }
}
