import { parseMessage, parseParty, shownParty, type Party, type SipMessage } from './sip-message.ts';

/** A call as it was offered to the phone, or news about it while it is up. */
export interface Invite {
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  readonly requestUri: string;
  /** The From header. */
  readonly from: Party;
  readonly to: Party;
  /** Whom a phone would show: the asserted identity (P-Asserted-Identity, Remote-Party-ID), or else From. */
  readonly shown: Party;
  /** By lower-case name; the values of a repeated header are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What became of one call at a phone; times in milliseconds since 1970, null for what did not happen. */
export interface PhoneCall {
  readonly invite: Invite;
  /** The re-INVITEs after the answer; the last one tells whom the phone shows now. */
  readonly updates: readonly Invite[];
  readonly ringingAt: number | null;
  readonly answeredAt: number | null;
  readonly cancelledAt: number | null;
  /** When either side hung up, or the phone refused, or it confirmed the caller's cancelling. */
  readonly endedAt: number | null;
  /** What the phone answered in the end: 200, 486, 487, … */
  readonly status: number | null;
}

const separator = /^-{20,} (\S+)\n\w+ message (received|sent) \[(\d+)\] bytes ?:\n\n/gm;

/** Reads SIPp's message trace; a message that is still being written is left out. */
export function parseTrace(text: string): SipMessage[] {
  const heads = [...text.matchAll(separator)];
  return heads.flatMap((head, index) => {
    const [whole, time = '', way, bytes] = head;
    const body = text.slice(head.index + whole.length, heads[index + 1]?.index ?? text.length);
    if (Buffer.byteLength(body) < Number(bytes)) return [];
    return [parseMessage(body, Date.parse(time), way === 'received' ? 'in' : 'out')];
  });
}

/** Sorts the messages of a phone into its calls, in the order they came. */
export function callsOf(messages: readonly SipMessage[]): PhoneCall[] {
  const calls = Map.groupBy(messages, (message) => message.headers['call-id'] ?? '');
  return [...calls.values()].flatMap((ofCall) => {
    const first = ofCall.find((message) => message.method === 'INVITE' && message.direction === 'in');
    return first === undefined ? [] : [callOf(first, ofCall)];
  });
}

function callOf(first: SipMessage, messages: readonly SipMessage[]): PhoneCall {
  const answers = messages.filter(
    ({ direction, headers }) => direction === 'out' && /INVITE/.test(headers['cseq'] ?? ''),
  );
  const final = answers.find(({ status }) => (status ?? 0) >= 200);
  const accepted = final?.status === 200;
  // A repetition has the CSeq of the original, whether it is the first INVITE or a later one.
  const invites = new Map<string, SipMessage>();
  for (const message of messages.filter(
    ({ method, direction }) => method === 'INVITE' && direction === 'in',
  )) {
    const cseq = message.headers['cseq'] ?? '';
    if (!invites.has(cseq)) invites.set(cseq, message);
  }
  return {
    invite: inviteOf(first),
    updates: [...invites.values()].slice(1).map(inviteOf),
    ringingAt: when(answers.find(({ status }) => status === 180)),
    answeredAt: accepted ? when(final) : null,
    cancelledAt: when(messages.find(({ method }) => method === 'CANCEL')),
    endedAt: accepted ? when(messages.find(({ method }) => method === 'BYE')) : when(final),
    status: final?.status ?? null,
  };
}

function when(message: SipMessage | undefined): number | null {
  return message?.at ?? null;
}

function inviteOf(message: SipMessage): Invite {
  const { at, requestUri, headers } = message;
  const from = parseParty(headers['from'] ?? '');
  return { at, requestUri, from, to: parseParty(headers['to'] ?? ''), shown: shownParty(message), headers };
}
