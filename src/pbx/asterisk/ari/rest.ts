import type { Frame } from '../../contract.ts';

/** One request to ARI. Each segment of the path is encoded by the transport: `['channels', id, 'dial']`. */
export interface RestAsk {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; nothing in it needs escaping. */
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface RestAnswer {
  /** The HTTP status, also where no HTTP is spoken. */
  readonly status: number;
  readonly body: string;
  readonly frames: readonly [sent: Frame, received: Frame];
}

/** How requests reach an Asterisk: by HTTP, or over a WebSocket that it opened to us. */
export interface RestTransport {
  /**
   * @throws PbxError of the phase `before_send` where nothing could be sent
   * @throws NoAnswer where the request may have arrived, and no whole answer came
   */
  send(ask: RestAsk): Promise<RestAnswer>;
  /** The request as it would go over the wire, secrets masked. */
  written(ask: RestAsk): string;
}

/** One live ARI: requests go out, and events come in to whoever made it. */
export interface AriConnection {
  /** For what somebody waits for: orders, and what has to be known for them. */
  readonly orders: RestTransport;
  /** For the work on calls under way: orders do not queue behind it, nor it behind orders. */
  readonly rest: RestTransport;
  /** The Stasis application whose events this connection gets. */
  readonly app: string;
  readonly isOpen: boolean;
  /** Resolves with the reason when the connection has ended, for whatever reason. */
  readonly closed: Promise<string>;
  /** Ends the connection and what waits on it. Idempotent. */
  close(reason: string): void;
}

/** Path and query as they stand in a URL, without a leading slash. */
export function pathOf({ path, query }: RestAsk): string {
  const place = path.map((segment) => encodeURIComponent(segment)).join('/');
  // ARI reads a query by RFC 3986, where + is a plus: a blank must be %20.
  const asked = Object.entries(query ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return asked.length === 0 ? place : `${place}?${asked.join('&')}`;
}

export function isSuccess({ status }: RestAnswer): boolean {
  return status >= 200 && status < 300;
}

/** A field of an answer's JSON object; undefined where it is no such thing. */
export function fieldOf({ body }: Pick<RestAnswer, 'body'>, name: string): unknown {
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json !== 'object' || json === null || !Object.hasOwn(json, name)) return undefined;
    return (json as Readonly<Record<string, unknown>>)[name];
  } catch {
    return undefined;
  }
}

/** Asterisk's own words in an error: `message`, or `error` where it could not make a channel. */
export function wordsOf(answer: Pick<RestAnswer, 'body'>): string | undefined {
  const words = fieldOf(answer, 'message') ?? fieldOf(answer, 'error');
  return typeof words === 'string' && words !== '' ? words : undefined;
}
