import { ERROR_CODES, type ErrorCode } from '../../../contract/error-codes.ts';
import type { Operation } from '../../../contract/v3/operation.ts';
import { Problem } from '../../../contract/v3/problem.ts';
import { PROBLEM_TYPE } from '../v3/problem.ts';
import { schemaOf, type Json } from './schema.ts';

/** What an operation answers: what it was asked for, and problems by their status. */
export function answersOf({ answers }: Operation, errors: readonly ErrorCode[]): Json {
  const good = Object.entries(answers).map(([status, { says, body, mediaType, headers }]) => {
    const content = body && { content: { [mediaType ?? 'application/json']: { schema: schemaOf(body) } } };
    return [status, { description: says, ...(headers && { headers: headersOf(headers) }), ...content }];
  });
  return Object.fromEntries([...good, ...problems(errors)]) as Json;
}

function headersOf(headers: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
}

function problems(errors: readonly ErrorCode[]): readonly (readonly [string, Json])[] {
  const statuses = [...new Set(errors.map((code) => ERROR_CODES[code].status))].sort((a, b) => a - b);
  return statuses.map((status) => {
    const codes = [...new Set(errors.filter((code) => ERROR_CODES[code].status === status))];
    const description = codes.map((code) => `\`${code}\`: ${ERROR_CODES[code].says}`).join(' ');
    return [String(status), { description, content: { [PROBLEM_TYPE]: { schema: schemaOf(Problem) } } }];
  });
}
