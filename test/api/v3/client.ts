import { expect } from 'vitest';
import { Problem } from '../../../contract/v3/problem.ts';
import { Value } from 'typebox/value';
import type { Gateway } from '../../gateway.ts';

export interface Answered<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

interface Given {
  /** The account's own unless given; null: none. */
  readonly key?: string | null;
  /** A text goes as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request to `/v3`. Whatever comes back is held against what all answers have in common. */
export async function ask<Body = unknown>(
  gateway: Gateway,
  request: `${'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT'} ${string}`,
  { key = gateway.key, body, headers = {} }: Given = {},
): Promise<Answered<Body>> {
  const [method = '', path = ''] = request.split(' ', 2);
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const answered = {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
  expect(response.headers.get('cache-control')).toBe('no-store');
  if (response.status >= 400) expectProblem(answered);
  return answered;
}

function expectProblem({ status, headers, body }: Answered<unknown>): void {
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(Value.Errors(Problem, body)).toEqual([]);
  expect(body).toMatchObject({ status });
}
