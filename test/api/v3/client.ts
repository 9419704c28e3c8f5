import type { TSchema } from 'typebox';
import { expect } from 'vitest';
import { Problem } from '../../../contract/v3/problem.ts';
import { Value } from 'typebox/value';
import { errorsOf } from '../../../src/http/openapi/resource-paths.ts';
import { ROUTES } from '../../../src/http/v3/routes.ts';
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
  expectDescribed(method, path.split('?', 1)[0] ?? '', answered);
  return answered;
}

/** What comes is what the operation says that it may answer, to the last field. */
function expectDescribed(method: string, path: string, { status, body }: Answered<unknown>): void {
  const route = ROUTES.find(
    (each) => each.method === method && new RegExp(`^${each.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  if (route === undefined) return;
  if (status >= 400) return expect(errorsOf(route)).toContain((body as Problem).code);
  const answer = route.operation.answers[status];
  expect(answer, `${method} ${path} answers ${status}`).toBeDefined();
  if (answer?.body === undefined) return expect(body).toBeUndefined();
  expect(Value.Errors(answer.body, body)).toEqual([]);
  expect(undescribed(answer.body, body)).toEqual([]);
}

interface Described {
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly items?: TSchema;
  readonly anyOf?: readonly TSchema[];
}

/** Fields of an answer that its schema says nothing of. */
function undescribed(schema: TSchema, value: unknown): string[] {
  const { properties, items, anyOf }: Described = schema;
  const chosen = anyOf?.find((each) => Value.Check(each, value));
  if (chosen !== undefined) return undescribed(chosen, value);
  if (Array.isArray(value))
    return value.flatMap((each) => (items === undefined ? [] : undescribed(items, each)));
  if (properties === undefined || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    const field = properties[name];
    return field === undefined ? [name] : undescribed(field, each);
  });
}

function expectProblem({ status, headers, body }: Answered<unknown>): void {
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(Value.Errors(Problem, body)).toEqual([]);
  expect(body).toMatchObject({ status });
}
