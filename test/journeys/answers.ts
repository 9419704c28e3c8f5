import { expect } from 'vitest';
import type { CallResponse } from '../../contract/c2c-v2.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';

type AnswerError = CallResponse['response']['errors'][number]['error'];

/** The only error of an answer that says `fail`. */
export function onlyError({ response }: CallResponse): AnswerError {
  const [entry] = response.errors;
  if (response.status !== 'fail' || entry === undefined || response.errors.length > 1)
    throw new Error(`This is no answer with one error: ${JSON.stringify(response)}`);
  return entry.error;
}

/** An answer that fails with the words of the other side: they stand alone unaltered, and before ours. */
export function expectSaid(answer: CallResponse, code: ErrorCode, said: string | RegExp): AnswerError {
  const error = onlyError(answer);
  expect(error).toMatchObject({ code, pbx_message: expect.stringMatching(exactly(said)) });
  expect(error.message.startsWith(error.pbx_message ?? 'nothing'), error.message).toBe(true);
  expect(error.remedy, 'what to do about it').toMatch(/\w/);
  expect(error.message.endsWith(` ${error.remedy}`), error.message).toBe(true);
  return error;
}

function exactly(said: string | RegExp): RegExp {
  return typeof said === 'string' ? new RegExp(`^${RegExp.escape(said)}$`) : said;
}
