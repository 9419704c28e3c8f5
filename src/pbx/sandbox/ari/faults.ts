/** What a request asks for, as the faults name it. */
export type Operation = 'originate' | 'create' | 'dial' | 'hangup' | 'variable' | 'bridge' | 'list' | 'other';

/**
 * What a test may let the sandbox do wrong. All of it may be changed at any time through `AriSandbox.faults`, and holds
 * until it is changed back.
 */
export interface AriFaults {
  /** Every credential is wrong. */
  refuseLogin?: boolean;
  /** Milliseconds, before the pace, until a WebSocket is taken. */
  loginDelayMs?: number;
  /** These are carried out and never answered. */
  neverAnswer?: readonly Operation[];
  /** These are carried out; half of the answer is sent, and the connection closed. */
  closeMidAnswer?: readonly Operation[];
  /** These are carried out, and answered with as many bytes. */
  hugeAnswer?: { readonly bytes: number; readonly to: readonly Operation[] };
  /** Bytes per write, each in a packet of its own. */
  splitBytes?: number;
  /** Every originate's events come before its answer. */
  eventsBeforeReply?: boolean;
  /** Milliseconds, before the pace, until what a phone said has come over its bridge: a busy machine. */
  lateReasonMs?: number;
  /** As many events of other people's calls before every answer. */
  floodEvents?: number;
}
