import type { Operation } from './faults.ts';

/** One request as it came, decoded. */
export interface AriRequest {
  readonly method: string;
  /** Below `/ari`, each segment decoded. */
  readonly path: readonly string[];
  /** Query and JSON body together, as ARI takes them. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface AriReply {
  readonly status: number;
  readonly json?: unknown;
  /** In place of JSON: something that is none. */
  readonly garbage?: string;
}

/** @returns undefined where the body is no JSON object. */
export function readRequest(method: string, url: string, body: string): AriRequest | undefined {
  const { pathname, searchParams } = new URL(url, 'http://sandbox');
  const path = pathname
    .split('/')
    .slice(2)
    .map((segment) => decodeURIComponent(segment));
  const json: unknown = body === '' ? {} : attempt(() => JSON.parse(body) as unknown);
  if (typeof json !== 'object' || json === null) return undefined;
  return { method, path, parameters: { ...json, ...Object.fromEntries(searchParams) } };
}

export function textOf({ parameters }: AriRequest, name: string): string {
  const value = parameters[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function variablesOf({ parameters }: AriRequest): Record<string, string> {
  const variables = parameters['variables'];
  if (typeof variables !== 'object' || variables === null) return {};
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
}

/** The arguments of the Stasis application. */
export function argsOf(request: AriRequest): string[] {
  const args = textOf(request, 'appArgs');
  return args === '' ? [] : args.split(',');
}

/** What the faults call it. */
export function operationOf({ method, path }: AriRequest): Operation {
  const [what, id, action] = path;
  if (what === 'bridges') return 'bridge';
  if (what !== 'channels') return 'other';
  if (action === 'variable') return 'variable';
  if (action === 'dial') return 'dial';
  if (method === 'DELETE') return 'hangup';
  if (method === 'GET') return 'list';
  return id === 'create' ? 'create' : 'originate';
}

export function refuse(status: number, message: string): AriReply {
  return { status, json: { message } };
}

function attempt<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
