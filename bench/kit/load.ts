/** What a load generator saw. Latencies in milliseconds, from writing a request to its whole answer. */
export interface LoadResult {
  readonly seconds: number;
  readonly latencies: readonly number[];
}

/** `count` requests over keep-alive connections, one at a time on each. */
export interface HttpJob {
  readonly port: number;
  /** Asked for in turn. */
  readonly paths: readonly string[];
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
  /** The originate as it goes over the wire, cut where the id of the call stands. */
  readonly frame: readonly string[];
}

export function perSecond({ seconds, latencies }: LoadResult): number {
  return latencies.length / seconds;
}
