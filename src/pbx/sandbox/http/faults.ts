/** What a test may let the sandbox do wrong. All of it may be changed at any time through `HttpSandbox.faults`. */
export interface HttpFaults {
  /** Milliseconds, before the pace, until a login is answered. */
  loginDelayMs?: number;
  /** Tokens are given out, and none is accepted. */
  knowsNoToken?: boolean;
  /** Orders are carried out and never answered. */
  neverAnswer?: boolean;
  /** Orders are carried out; half of the answer is sent, and the link cut. */
  cutMidAnswer?: boolean;
  /** Orders are carried out; as many bytes follow in the answer. */
  hugeAnswer?: number;
  /** Bytes of the body per write. */
  splitBytes?: number;
  /** As many headers more than needed in every answer. */
  floodHeaders?: number;
}
