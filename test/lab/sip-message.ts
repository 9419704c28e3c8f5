/** A SIP message as one side of the trace saw it. */
export interface SipMessage {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** `in` came to the phone, `out` left it. */
  readonly direction: 'in' | 'out';
  /** The method of a request; null for a response. */
  readonly method: string | null;
  /** The address a request is for; empty for a response. */
  readonly requestUri: string;
  /** The status of a response; null for a request. */
  readonly status: number | null;
  /** By lower-case name; the values of a repeated header are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Someone as a phone shows them. */
export interface Party {
  /** The display name; empty when there is none. */
  readonly name: string;
  /** The user part of the address. */
  readonly number: string;
}

/** Reads the text of one message. */
export function parseMessage(text: string, at: number, direction: 'in' | 'out'): SipMessage {
  const [head = ''] = text.split(/\r?\n\r?\n/);
  const [first = '', ...lines] = head.split(/\r?\n/);
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const response = /^SIP\/2\.0 (\d{3})/.exec(first);
  if (response !== null)
    return { at, direction, method: null, requestUri: '', status: Number(response[1]), headers };
  const [method = '', requestUri = ''] = first.split(' ');
  return { at, direction, method, requestUri, status: null, headers };
}

/** Reads an address header: `"Alice \"A\" Doe" <sip:101@host>;tag=…`, or without name and brackets. */
export function parseParty(header: string): Party {
  const quoted = /^\s*"((?:[^"\\]|\\.)*)"/.exec(header)?.[1]?.replaceAll(/\\(.)/g, '$1');
  const bare = /^\s*([^"<]*?)\s*</.exec(header)?.[1];
  const user = /\bsips?:([^@>;]*)@/.exec(header)?.[1] ?? '';
  return { name: quoted ?? bare ?? '', number: unescaped(user) };
}

function unescaped(user: string): string {
  return user.replaceAll(/(?:%[\da-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString(),
  );
}

/** The party that most phones would show: the identity the PBX asserts goes before the one in From. */
export function shownParty(message: SipMessage): Party {
  const { headers } = message;
  return parseParty(headers['p-asserted-identity'] ?? headers['remote-party-id'] ?? headers['from'] ?? '');
}
