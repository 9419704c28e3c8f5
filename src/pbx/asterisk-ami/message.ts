/** One message from Asterisk: a reply (`Response`) or an event (`Event`; it may carry a `Response` header as well). */
export class AmiMessage {
  /** As it came, without the closing empty line. */
  readonly raw: string;
  #fields: Map<string, string[]> | undefined;

  constructor(raw: string) {
    this.raw = raw;
  }

  /** The first value of a header, whatever the case of its name; undefined where it is not there. */
  get(name: string): string | undefined {
    return this.#read().get(name.toLowerCase())?.[0];
  }

  /** All headers as they are spelled, a repeated one as an array: for the journal. */
  toData(): Record<string, unknown> {
    const data: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [name, value] of lines(this.raw)) {
      const before = data[name];
      data[name] = before === undefined ? value : [before, value].flat();
    }
    return data;
  }

  #read(): Map<string, string[]> {
    if (this.#fields === undefined) {
      this.#fields = new Map();
      for (const [name, value] of lines(this.raw)) {
        const key = name.toLowerCase();
        const values = this.#fields.get(key);
        if (values === undefined) this.#fields.set(key, [value]);
        else values.push(value);
      }
    }
    return this.#fields;
  }
}

/** `Name: value` on the first colon; one blank after it belongs to the form, more belong to the value. */
function* lines(raw: string): Generator<[name: string, value: string]> {
  for (const line of raw.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) yield [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
  }
}
