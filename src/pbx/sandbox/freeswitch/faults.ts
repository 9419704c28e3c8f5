/**
 * What a test may let the sandbox do wrong. All of it may be changed at any time through `FreeswitchSandbox.faults`, and
 * holds until it is changed back. Commands by their first word (`auth`, `userauth`, `event`, `api`, `bgapi`); `'*'`
 * means every command.
 */
export interface FreeswitchFaults {
  /** Our address is in no ACL: `text/rude-rejection`, and the link is closed. */
  rudeRejection?: boolean;
  /** Every extension has a second phone, which answers in place of the first: the channel that we named loses. */
  anotherPhoneAnswers?: boolean;
  /** Milliseconds, before the pace, until an order that was taken is begun. */
  beginsLate?: number;
  /** Milliseconds, before the pace, until a login is answered. */
  loginDelayMs?: number;
  /** These commands are carried out and never answered. */
  neverAnswer?: readonly string[];
  /** These commands are carried out; half of the reply is sent, and the link closed. */
  closeMidMessage?: readonly string[];
  /** Bytes per write, each in a packet of its own. */
  splitBytes?: number;
  /** Every order's events come before its reply. */
  eventsBeforeReply?: boolean;
  /** As many events of other people's calls before every reply. */
  floodEvents?: number;
  /** Said in place of `auth/request`, as it is: no line end is added. */
  greeting?: string;
  /** A message with so large a body before the replies to these commands. */
  hugeBody?: { readonly bytes: number; readonly before: readonly string[] };
}

export function hits(commands: readonly string[] | undefined, command: string): boolean {
  return commands?.some((named) => named === '*' || named === command) ?? false;
}
