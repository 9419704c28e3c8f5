import type { TObject } from 'typebox';
import type { ErrorCode } from '../../../contract/error-codes.ts';
import { Id } from '../../../contract/v3/common.ts';
import type { Operation } from '../../../contract/v3/operation.ts';
import { isManaging, type Route } from '../v3/route.ts';
import { answersOf } from './answers.ts';
import { schemaOf, type Json } from './schema.ts';

/** The paths of `/v3`, from its table of routes. */
export function resourcePaths(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  return paths;
}

function operationOf(route: Route): Json {
  const { path, needs, operation } = route;
  const { id, summary, says, body } = operation;
  const scope = neededFor(needs);
  const parameters = [...pathParameters(path), ...queryParameters(operation), ...headerParameters(operation)];
  return {
    operationId: id,
    tags: [path.split('/')[2]],
    summary,
    description: says === undefined ? scope : `${says}\n\n${scope}`,
    security: securityOf(needs),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: isRequired(body),
        content: { 'application/json': { schema: schemaOf(body) } },
      },
    }),
    responses: answersOf(operation, errorsOf(route)),
  };
}

/** What every operation may answer with: of the key, of the path, of parameters that do not exist, and of ourselves. */
export function errorsOf(route: Route): readonly ErrorCode[] {
  const { method, path, needs, operation } = route;
  const isChange = method !== 'GET';
  return [
    ...whoErrors(needs),
    ...(isManaging(route) ? (['key_frozen'] as const) : []),
    ...(isChange ? (['origin_refused'] as const) : []),
    ...(path.includes('{') ? (['not_found'] as const) : []),
    'parameter_unknown',
    'parameter_repeated',
    ...(operation.body === undefined ? (['body_invalid', 'body_too_large'] as const) : []),
    ...(operation.errors ?? []),
    'server_busy',
    'internal',
  ];
}

function neededFor(needs: Route['needs']): string {
  if (needs === 'nothing') return 'Needs no key.';
  if (needs === 'a session') return 'For somebody who is logged in; a key can not do it.';
  return needs === 'any key' ? 'Every key may do this.' : `Needs a key with the scope \`${needs}\`.`;
}

function securityOf(needs: Route['needs']): readonly Json[] {
  if (needs === 'nothing') return [];
  return needs === 'a session' ? [{ session: [] }] : [{ bearer: [] }, { header: [] }, { session: [] }];
}

function whoErrors(needs: Route['needs']): readonly ErrorCode[] {
  if (needs === 'nothing') return [];
  const known = ['key_invalid', 'https_needed', 'rate_limited', 'session_ended', 'key_forbidden'] as const;
  return needs === 'a session' ? [...known, 'session_needed'] : known;
}

function isRequired(schema: TObject): boolean {
  return ((schema as { required?: readonly string[] }).required ?? []).length > 0;
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: /^\/v3\/(drivers|sessions)\/|\{token\}/.test(path) ? { type: 'string' } : schemaOf(Id),
  }));
}

function queryParameters({ query }: Operation): Json[] {
  return Object.entries(query?.properties ?? {}).map(([name, schema]) => {
    const { description, ...rest } = schemaOf(schema);
    return { name, in: 'query', ...(description !== undefined && { description }), schema: rest };
  });
}

function headerParameters({ headers = {} }: Operation): Json[] {
  return Object.entries(headers).map(([name, { says, schema }]) => ({
    name,
    in: 'header',
    description: says,
    schema: schemaOf(schema),
  }));
}
