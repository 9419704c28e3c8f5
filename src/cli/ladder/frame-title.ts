/** Which field says what a message is, and which others say more, in the protocols whose messages are `Name: value` lines. */
const TITLES: readonly (readonly [name: string, ...more: readonly string[]])[] = [
  // AMI
  ['Action', 'Variable', 'Channel'],
  ['Event', 'DialStatus', 'ChannelStateDesc', 'Cause-txt', 'Response'],
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
  let json: Readonly<Record<string, unknown>>;
  try {
    json = JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
  const word = (name: string) => {
    const value = json[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const words = (...names: readonly string[]) => names.map(word).join(' ');
  if (json['type'] === 'RESTRequest') return words('method', 'uri');
  if (json['type'] === 'RESTResponse') return words('status_code', 'reason_phrase');
  return typeof json['type'] === 'string' ? json['type'] : undefined;
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? '';
}
