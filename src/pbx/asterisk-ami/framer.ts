import { ProtocolFault } from '../wire/link-ended.ts';

const GREETING = 'Asterisk Call Manager/';
const GREETING_BYTES_MAX = 200;
const MESSAGE_BYTES_MAX = 256 * 1024;
const MESSAGE_END = Buffer.from('\r\n\r\n');

/** Which events are wanted: of these names, with these bytes somewhere in them. */
export interface WantedEvents {
  readonly names: ReadonlySet<string>;
  readonly about: string;
}

/**
 * Cuts the stream into messages. A busy PBX sends dozens of events for each call of everybody's, so what is not wanted is
 * passed over as bytes, before anything is decoded.
 */
export class AmiFramer {
  readonly #names: ReadonlySet<string>;
  readonly #about: Buffer;
  #rest: Buffer = Buffer.alloc(0);
  /** Bytes of `#rest` that are known not to hold a message's end. */
  #searched = 0;
  #greeted = false;

  constructor({ names, about }: WantedEvents) {
    this.#names = names;
    this.#about = Buffer.from(about);
  }

  /**
   * Takes bytes cut anywhere.
   * @returns the greeting's version once, and the messages that are whole now and wanted.
   * @throws ProtocolFault
   */
  push(chunk: Buffer): { greeting: string | undefined; messages: string[] } {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let greeting: string | undefined;
    if (!this.#greeted) {
      [greeting, bytes] = this.#takeGreeting(bytes);
      if (greeting === undefined) {
        this.#rest = bytes;
        return { greeting, messages: [] };
      }
    }
    const messages: string[] = [];
    let start = 0;
    let end = bytes.indexOf(MESSAGE_END, this.#searched);
    while (end >= 0) {
      if (this.#isWanted(bytes, start, end)) messages.push(bytes.toString('utf8', start, end));
      start = end + MESSAGE_END.length;
      end = bytes.indexOf(MESSAGE_END, start);
    }
    this.#keep(bytes.subarray(start));
    return { greeting, messages };
  }

  #keep(rest: Buffer): void {
    if (rest.length > MESSAGE_BYTES_MAX) {
      throw new ProtocolFault(`A message has more than ${MESSAGE_BYTES_MAX} bytes.`);
    }
    this.#rest = rest;
    this.#searched = Math.max(0, rest.length - MESSAGE_END.length + 1);
  }

  /** One line, and no empty line after it (protocol notes, A.1). */
  #takeGreeting(bytes: Buffer): [greeting: string | undefined, rest: Buffer] {
    const head = bytes.toString('latin1', 0, GREETING.length);
    if (!GREETING.startsWith(head)) throw new ProtocolFault(`The greeting is no Asterisk's: ${quote(bytes)}`);
    const end = bytes.indexOf('\n');
    if (end < 0 && bytes.length > GREETING_BYTES_MAX) throw new ProtocolFault('The greeting has no end.');
    if (end < 0) return [undefined, bytes];
    this.#greeted = true;
    return [bytes.toString('utf8', GREETING.length, end).trim(), bytes.subarray(end + 1)];
  }

  #isWanted(bytes: Buffer, start: number, end: number): boolean {
    // 'Event: ' by its bytes: E v e n t : blank.
    if (bytes[start] !== 0x45 || bytes[start + 5] !== 0x3a) return true;
    const lineEnd = bytes.indexOf('\r', start);
    const name = bytes.toString('latin1', start + 7, Math.min(lineEnd < 0 ? end : lineEnd, end));
    return this.#names.has(name) && bytes.subarray(start, end).includes(this.#about);
  }
}

function quote(bytes: Buffer): string {
  return JSON.stringify(bytes.toString('latin1', 0, 60));
}
