import { headerLines } from '../../kit/header-lines.ts';

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

  #read(): Map<string, string[]> {
    if (this.#fields === undefined) {
      this.#fields = new Map();
      for (const [name, value] of headerLines(this.raw)) {
        const key = name.toLowerCase();
        const values = this.#fields.get(key);
        if (values === undefined) this.#fields.set(key, [value]);
        else values.push(value);
      }
    }
    return this.#fields;
  }
}
