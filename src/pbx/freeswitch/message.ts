/** One message of the Event Socket: header lines and, with some, a body. */
export class EslMessage {
  /** The header lines as they came, without the closing empty line. */
  readonly head: string;
  readonly body: Buffer;

  constructor(head: string, body: Buffer) {
    this.head = head;
    this.body = body;
  }

  get type(): string {
    return this.get('Content-Type') ?? '';
  }

  /** Whatever the case of the header's name; the first where it repeats. */
  get(name: string): string | undefined {
    const wanted = name.toLowerCase();
    for (const [header, value] of lines(this.head)) if (header.toLowerCase() === wanted) return value;
    return undefined;
  }

  /** What a command was answered with: `Reply-Text`, or the result of an API command. */
  get text(): string {
    return this.get('Reply-Text') ?? this.body.toString('utf8');
  }

  /** As it went over the wire. */
  get raw(): string {
    return this.body.length === 0 ? this.head : `${this.head}\n\n${this.body.toString('utf8')}`;
  }

  /** For the journal: the headers as they are spelled, and the body. */
  toData(): Record<string, unknown> {
    const data = headersOf(this.head, (value) => value);
    if (this.body.length > 0) data['body'] = this.body.toString('utf8');
    return data;
  }
}

/**
 * The body of a `text/event-plain`: header lines with values in URL encoding and, with a BACKGROUND_JOB, the job's
 * result as a body of its own. A busy PBX sends many events and we read two or three fields of each, so a field is
 * found when it is asked for.
 */
export class EslEvent {
  /** Byte for byte, so that `%C3%A4` and a raw byte are read alike. */
  readonly #latin1: string;
  readonly #headEnd: number;

  constructor(bytes: Buffer) {
    this.#latin1 = bytes.toString('latin1');
    const end = this.#latin1.indexOf('\n\n');
    this.#headEnd = end < 0 ? this.#latin1.length : end;
  }

  /** By the very spelling of the header's name, which FreeSWITCH never varies. */
  get(name: string): string | undefined {
    const key = `${name}: `;
    const at = this.#latin1.startsWith(key) ? 0 : this.#latin1.indexOf(`\n${key}`) + 1;
    if ((at === 0 && !this.#latin1.startsWith(key)) || at >= this.#headEnd) return undefined;
    const end = this.#latin1.indexOf('\n', at);
    return decode(this.#latin1.slice(at + key.length, end < 0 ? undefined : Math.min(end, this.#headEnd)));
  }

  get body(): string {
    return fromLatin1(this.#latin1.slice(this.#headEnd + 2));
  }

  get raw(): string {
    return fromLatin1(this.#latin1);
  }

  /** The same without what nobody may read later: passwords, and the keys of the talk in descriptions of its media. */
  get masked(): string {
    return this.raw.replace(VARIABLE, (line, name: string) => (SECRET.test(name) ? `${name}: ***` : line));
  }

  toData(): Record<string, unknown> {
    const data = headersOf(this.#latin1.slice(0, this.#headEnd), decode);
    if (this.body !== '') data['body'] = this.body;
    return data;
  }
}

/** Of channel variables by their names: they may be whatever a dialplan calls its own. */
const VARIABLE = /^(variable_[^:\n]*): .*$/gim;
const SECRET = /pass|secret|token|sdp|crypto|_key|ice_pwd|authorization/i;

/** `Name: value` on the first colon; one blank after it belongs to the form. */
function* lines(head: string): Generator<[name: string, value: string]> {
  for (const line of head.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0)
      yield [
        line.slice(0, colon),
        line
          .slice(colon + 1)
          .replace(/^ /, '')
          .replace(/\r$/, ''),
      ];
  }
}

function headersOf(head: string, read: (value: string) => string): Record<string, unknown> {
  const data: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of lines(head)) {
    const before = data[name];
    data[name] = before === undefined ? read(value) : [before, read(value)].flat();
  }
  return data;
}

/** URL encoding as bytes; what is no valid UTF-8 then is shown as such and harms nobody. */
function decode(latin1: string): string {
  return fromLatin1(
    latin1.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
}

function fromLatin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}
