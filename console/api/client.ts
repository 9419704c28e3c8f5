import { ApiProblem, problemOf } from './problem.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Query = Readonly<Record<string, string | number | undefined>>;

interface Asked {
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Asks `/v3` as any client does; the browser adds the session's cookie.
 * @returns the body of the answer; undefined where there is none
 * @throws ApiProblem for every answer that is not 2xx, and where none came
 */
export async function ask<Body>(method: Method, path: string, asked: Asked = {}): Promise<Body> {
  const response = await send(method, path, asked);
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as Body;
}

/** The same for answers that come line by line, each a JSON of its own. */
export async function* askLines<Line>(method: Method, path: string, asked: Asked = {}): AsyncGenerator<Line> {
  const headers = { accept: 'application/x-ndjson', ...asked.headers };
  const response = await send(method, path, { ...asked, headers });
  if (!response.ok) throw await problemOf(response);
  if (response.body === null) return;
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Line;
  }
}

export function urlOf(path: string, query: Query = {}): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

async function send(
  method: Method,
  path: string,
  { query, body, headers, signal }: Asked,
): Promise<Response> {
  try {
    return await fetch(urlOf(path, query), {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw ApiProblem.unreachable();
  }
}
