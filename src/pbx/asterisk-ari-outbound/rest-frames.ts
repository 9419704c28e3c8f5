import { objectOf, textOf } from '../asterisk/ari/events.ts';
import { pathOf, type RestAnswer, type RestAsk } from '../asterisk/ari/rest.ts';

/**
 * One request as Asterisk takes it over a WebSocket: no slash before the path, all values texts, the body a text too.
 * @param id comes back in the answer; unique on its socket.
 */
export function encodeRequest(id: string, { method, path, query, body }: RestAsk): string {
  return JSON.stringify({
    type: 'RESTRequest',
    transaction_id: id,
    request_id: id,
    method,
    uri: pathOf({ method, path }),
    query_strings: Object.entries(query ?? {}).map(([name, value]) => ({ name, value })),
    ...(body === undefined ? {} : { content_type: 'application/json', message_body: JSON.stringify(body) }),
  });
}

/** Status 0 where there is none: it is no success and no refusal. */
export function readResponse(json: unknown): {
  readonly id: string;
  readonly answer: Pick<RestAnswer, 'status' | 'body'>;
} {
  const response = objectOf(json);
  const status = response['status_code'];
  return {
    id: textOf(response['request_id']),
    answer: { status: typeof status === 'number' ? status : 0, body: textOf(response['message_body']) },
  };
}
