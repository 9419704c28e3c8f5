import { ProtocolFault } from '../wire/link-ended.ts';
import { EslMessage } from './message.ts';

/** Every message of a FreeSWITCH begins with `Content-Type:` or, an event, with `Content-Length:`. */
const BEGINNING = Buffer.from('Content-');
const HEAD_END = Buffer.from('\n\n');
const HEAD_BYTES_MAX = 16 * 1024;
/** The end of a call tells all its variables: some ten kilobytes. */
const BODY_BYTES_MAX = 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Cuts the stream into messages: header lines, an empty line, and as many bytes of body as `Content-Length` says
 * (mod_event_socket.c). A body is gathered in pieces and put together once.
 */
export class EslFramer {
  readonly #secret: string;
  #parts: Buffer[] = [];
  #bytes = 0;
  /** The head that waits for its body. */
  #head: string | undefined;
  #bodyBytes = 0;

  /** @param secret what we log in with: who says it back to us is not quoted with it */
  constructor(secret = '') {
    this.#secret = secret;
  }

  /**
   * Takes bytes cut anywhere.
   * @returns the messages that are whole now.
   * @throws ProtocolFault
   */
  push(chunk: Buffer): EslMessage[] {
    this.#parts.push(chunk);
    this.#bytes += chunk.length;
    if (this.#head !== undefined && this.#bytes < this.#bodyBytes) return [];

    const bytes = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts);
    const messages: EslMessage[] = [];
    let at = 0;
    for (;;) {
      if (this.#head === undefined) {
        while (bytes[at] === NEWLINE) at++;
        const end = this.#endOfHead(bytes, at);
        if (end === undefined) break;
        this.#head = bytes.toString('utf8', at, end);
        this.#bodyBytes = bodyBytes(this.#head);
        at = end + HEAD_END.length;
      }
      if (bytes.length - at < this.#bodyBytes) break;
      messages.push(new EslMessage(this.#head, bytes.subarray(at, at + this.#bodyBytes)));
      at += this.#bodyBytes;
      this.#head = undefined;
    }
    this.#parts = at === bytes.length ? [] : [bytes.subarray(at)];
    this.#bytes = bytes.length - at;
    return messages;
  }

  #endOfHead(bytes: Buffer, from: number): number | undefined {
    const beginning = bytes.subarray(from, from + BEGINNING.length);
    if (!BEGINNING.subarray(0, beginning.length).equals(beginning)) {
      throw new ProtocolFault(`What came is no Event Socket: ${quote(bytes.subarray(from), this.#secret)}`);
    }
    const end = bytes.indexOf(HEAD_END, from);
    if ((end < 0 ? bytes.length : end) - from > HEAD_BYTES_MAX) {
      throw new ProtocolFault(`The head of a message has more than ${HEAD_BYTES_MAX} bytes.`);
    }
    return end < 0 ? undefined : end;
  }
}

function bodyBytes(head: string): number {
  const text = /^Content-Length:[ \t]*(.*)$/im.exec(head)?.[1]?.trim();
  if (text === undefined) return 0;
  if (!/^\d{1,12}$/.test(text))
    throw new ProtocolFault(`Content-Length is no number: ${JSON.stringify(text.slice(0, 20))}`);
  if (Number(text) > BODY_BYTES_MAX)
    throw new ProtocolFault(`A message has more than ${BODY_BYTES_MAX} bytes.`);
  return Number(text);
}

function quote(bytes: Buffer, secret: string): string {
  const text = bytes.toString('utf8');
  return JSON.stringify((secret === '' ? text : text.replaceAll(secret, '***')).slice(0, 60));
}
