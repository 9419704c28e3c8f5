/**
 * What a test may let the sandbox do wrong. All of it may be changed at any time through `AmiSandbox.faults`, and holds
 * until it is changed back. Action names in any case; `'*'` means every action.
 */
export interface SandboxFaults {
  /** Every login fails, as with a wrong secret. */
  refuseLogin?: boolean;
  /** Milliseconds, before the pace, until a login is answered. */
  loginDelayMs?: number;
  /** These actions are carried out and never answered. */
  neverAnswer?: readonly string[];
  /** These actions are carried out; half of the reply is sent, and the link closed. */
  closeMidMessage?: readonly string[];
  /** Bytes per write, each in a packet of its own. */
  splitBytes?: number;
  /** Every Originate's events come before its reply. */
  eventsBeforeReply?: boolean;
  /** Milliseconds, before the pace, from the reply to an Originate to its first channel. */
  beginsAfterMs?: number;
  /** As many events of other people's calls before every reply. */
  floodEvents?: number;
  /** Said in place of the greeting, as it is: no line end is added. */
  greeting?: string;
  /** A message with one line of as many bytes before the replies to these actions. */
  hugeLine?: { readonly bytes: number; readonly before: readonly string[] };
}

export function hits(actions: readonly string[] | undefined, action: string): boolean {
  return actions?.some((named) => named === '*' || named.toLowerCase() === action.toLowerCase()) ?? false;
}
