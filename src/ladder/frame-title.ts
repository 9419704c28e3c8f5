/** Which field says what a message is, and which others say more, in the protocols whose messages are `Name: value` lines. */
const TITLES: readonly (readonly [name: string, ...more: readonly string[]])[] = [
  // AMI
  ['Action', 'Channel', 'Variable'],
  ['Event', 'DialStatus', 'Cause-txt', 'Response'],
  ['Response', 'Message', 'Value'],
  // Event Socket
  ['Event-Name', 'Job-Command', 'Hangup-Cause', 'Answer-State'],
  ['Reply-Text'],
];

/** What a message between us and a PBX is, in a few words: `Originate PJSIP/101`, `DialEnd BUSY`, `POST /ari/channels`. */
export function frameTitle(raw: string): string {
  const text = raw.trim();
  if (text.startsWith('{')) return titleOfJson(text) ?? firstLine(text);
  const fields = new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const [, name, value] = /^([\w-]+): ?(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
  if (fields.get('Content-Type') === 'api/response') return firstLine(text.split(/\n\r?\n/)[1] ?? '');
  for (const [name, ...more] of TITLES) {
    const title = fields.get(name);
    if (title === undefined) continue;
    const detail = more.map((each) => fields.get(each)).find((value) => value !== undefined && value !== '');
    return detail === undefined ? title : `${title} ${detail}`;
  }
  return firstLine(text);
}

/** ARI: events, and requests and answers over a WebSocket. */
function titleOfJson(text: string): string | undefined {
  const { type, method, uri, status_code, reason_phrase, dialstatus, cause_txt } = parsed(text);
  if (type === 'RESTRequest') return `${method} ${uri}`;
  if (type === 'RESTResponse') return `${status_code} ${reason_phrase}`;
  return type === undefined ? undefined : `${type} ${dialstatus ?? cause_txt ?? ''}`.trim();
}

type Name = 'type' | 'method' | 'uri' | 'status_code' | 'reason_phrase' | 'dialstatus' | 'cause_txt';
type Named = Readonly<Partial<Record<Name, string | number>>>;

function parsed(text: string): Named {
  try {
    return JSON.parse(text) as Named;
  } catch {
    return {};
  }
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? '';
}
