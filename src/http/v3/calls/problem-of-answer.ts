import type { ErrorCode } from '../../../../contract/error-codes.ts';
import type { FieldError } from '../../../../contract/v3/problem.ts';
import type { Answer } from '../../../switchboard/answer.ts';
import { Problem } from '../problem.ts';

const RETRY_SECONDS: Partial<Record<ErrorCode, string>> = { pbx_busy: '1', too_many_calls: '10' };

/** Why there is no call: each thing that is wrong with the request, or what the PBX said. */
export function problemOfAnswer(
  { requestId, errors }: Answer,
  headers: Readonly<Record<string, string>>,
): Problem {
  const [first] = errors;
  if (first === undefined) throw new Error(`The call ${requestId} came to nothing, and nobody says why.`);
  const { code, pbxMessage, remedy } = first;
  const fields = errors.flatMap(({ field, code, message }): FieldError[] =>
    field === undefined ? [] : [{ field, code, detail: message }],
  );
  return new Problem(code, errors.map(({ message }) => message).join(' '), {
    errors: fields,
    headers: { ...headers, ...(RETRY_SECONDS[code] && { 'retry-after': RETRY_SECONDS[code] }) },
    call_id: requestId,
    ...(pbxMessage !== undefined && { pbx_message: pbxMessage }),
    ...(remedy !== undefined && { remedy }),
  });
}
