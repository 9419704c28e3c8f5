/** What a load generator saw. Latencies in milliseconds, from writing a request to its whole answer. */
export interface LoadResult {
  readonly seconds: number;
  readonly latencies: readonly number[];
}

/** What goes over the wire, cut where the id of the call stands; of one piece where there is none. */
export type CutText = readonly string[];

/** `count` requests over keep-alive connections, one at a time on each. */
export interface HttpJob {
  readonly port: number;
  /** HTTPS; the certificate is not looked at. */
  readonly tls?: boolean;
  /** Sent in turn. */
  readonly requests: readonly CutText[];
  readonly connections: number;
  readonly count: number;
  /** Every answer must hold this text, or the whole job fails: a quick refusal is not a quick click. */
  readonly expect: string;
}

/** `count` originates on an Asterisk's manager interface. */
export interface AmiJob {
  readonly port: number;
  readonly username: string;
  readonly secret: string;
  /** `pooled`: one logged-in connection for all. `each`: connect, log in and originate for each. */
  readonly connection: 'pooled' | 'each';
  readonly atOnce: number;
  readonly count: number;
  readonly frame: CutText;
}

/** `count` calls that a bare client of ARI makes, both legs by its own hand. */
export interface AriJob {
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly atOnce: number;
  readonly count: number;
  /** The body of the order of a first leg, whose application it is set. */
  readonly order: object;
  /** Of the second channel; the rest is of each call. */
  readonly second: { readonly endpoint: string; readonly variables: Readonly<Record<string, string>> };
  /** How long each leg may ring. */
  readonly seconds: number;
}

/** `count` orders to a FreeSWITCH over one logged-in Event Socket connection that asks for no events. */
export interface EslJob {
  readonly port: number;
  readonly password: string;
  readonly atOnce: number;
  readonly count: number;
  readonly frame: CutText;
}

export function getRequest(path: string): CutText {
  return [`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`];
}

export function perSecond({ seconds, latencies }: LoadResult): number {
  return latencies.length / seconds;
}
