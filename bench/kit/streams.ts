/** Listens to an account's stream of events with many clients at once. */
export interface StreamJob {
  readonly port: number;
  readonly key: string;
  /** Clients that take what comes. */
  readonly clients: number;
  /** Clients beside them that ask for everything there is and take nothing. */
  readonly stalled: number;
  /** For how long what comes counts. */
  readonly ms: number;
}

export interface StreamResult {
  /** Of every event at every client: milliseconds from when the gateway learned of it until the client had it. */
  readonly latencies: readonly number[];
  /** Events that came to one client: all must have had the same. */
  readonly events: number;
}
