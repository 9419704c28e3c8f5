import { STATUS_CODES } from 'node:http';
import { readRequest, refuse, type AriReply, type AriRequest } from './requests.ts';

/** What a request over a WebSocket has to be answered with, beside the answer itself. */
interface Ids {
  readonly transaction_id: string;
  readonly request_id: string;
  readonly uri: string;
}

interface RestFrame {
  readonly ids: Ids;
  /** Or the refusal of what is no request. */
  readonly request: AriRequest | AriReply;
}

/** Reads one `RESTRequest`; what is wrong with it is refused in the statuses of Asterisk 22.10.1 (protocol notes, B.4). */
export function readRestFrame(text: string): RestFrame {
  const json = objectOf(parse(text));
  const [transaction_id, request_id, uri, method, body] = [
    'transaction_id',
    'request_id',
    'uri',
    'method',
    'message_body',
  ].map((name) => textOf(json[name]));
  const ids = { transaction_id: transaction_id ?? '', request_id: request_id ?? '', uri: uri ?? '' };
  if (json['type'] !== 'RESTRequest' || ids.uri === '')
    return { ids, request: refuse(400, 'Failed to parse request message') };
  if (ids.uri.startsWith('/')) return { ids, request: refuse(405, 'Invalid method') };
  const url = new URL(`/ari/${ids.uri}`, 'http://sandbox');
  const query = Array.isArray(json['query_strings']) ? json['query_strings'].map(objectOf) : [];
  for (const { name, value } of query) url.searchParams.append(textOf(name), textOf(value));
  const request = readRequest(method ?? '', `${url.pathname}${url.search}`, body ?? '');
  return { ids, request: request ?? refuse(400, 'Request body failed to parse') };
}

/** The fields of the `RESTResponse`: a body is a text in it, and absent where there is none. */
export function restResponse(ids: Ids, { status, json }: AriReply): Readonly<Record<string, unknown>> {
  return {
    ...ids,
    status_code: status,
    reason_phrase: STATUS_CODES[status] ?? '',
    ...(json === undefined ? {} : { content_type: 'application/json', message_body: JSON.stringify(json) }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
