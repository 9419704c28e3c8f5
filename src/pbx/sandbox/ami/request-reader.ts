import { Request } from './message.ts';

/** Asterisk's own limits (main/manager.c): longer lines and more headers make the message an error. */
const MAX_LINE_BYTES = 1024;
const MAX_HEADERS = 128;

/** What came: a message, or one that broke a limit and the words that Asterisk answers it with. */
export interface Received {
  readonly request: Request;
  readonly fault?: string;
}

/**
 * Bytes in, messages out. Lines end with CRLF or a bare LF, an empty line ends the message. Keeps one line and one
 * message at most, whatever is sent.
 */
export class RequestReader {
  #line: Buffer[] = [];
  #lineBytes = 0;
  #headers: [string, string][] = [];
  #lines = 0;
  #tooLong = false;

  push(chunk: Buffer): Received[] {
    const received: Received[] = [];
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      this.#keep(chunk.subarray(from, end));
      from = end + 1;
      const message = this.#endLine();
      if (message !== undefined) received.push(message);
    }
    this.#keep(chunk.subarray(from));
    return received;
  }

  #keep(part: Buffer): void {
    const room = MAX_LINE_BYTES + 1 - this.#lineBytes;
    this.#lineBytes += part.length;
    // The chunk itself is a slice of a larger buffer, which a kept slice would hold in memory: hence the copy.
    if (room > 0 && part.length > 0) this.#line.push(Buffer.from(part.subarray(0, room)));
  }

  #endLine(): Received | undefined {
    let bytes = Buffer.concat(this.#line);
    if (this.#lineBytes <= MAX_LINE_BYTES + 1 && bytes.at(-1) === 13) bytes = bytes.subarray(0, -1);
    if (bytes.length > MAX_LINE_BYTES) this.#tooLong = true;
    this.#line = [];
    this.#lineBytes = 0;
    if (bytes.length === 0) return this.#endMessage();
    this.#lines += 1;
    if (this.#lines <= MAX_HEADERS) this.#addHeader(bytes.subarray(0, MAX_LINE_BYTES));
    return undefined;
  }

  #addHeader(line: Buffer): void {
    const nul = line.indexOf(0);
    const text = (nul === -1 ? line : line.subarray(0, nul)).toString('utf8');
    const colon = text.indexOf(':');
    if (colon > 0) this.#headers.push([text.slice(0, colon), text.slice(colon + 1).trimStart()]);
  }

  #endMessage(): Received {
    const request = new Request(this.#headers);
    const fault = this.#lines > MAX_HEADERS ? TOO_MANY : this.#tooLong ? TOO_LONG : undefined;
    this.#headers = [];
    this.#lines = 0;
    this.#tooLong = false;
    return fault === undefined ? { request } : { request, fault };
  }
}

const TOO_MANY = 'Too many lines in message or allocation failure';
const TOO_LONG = 'Failed to parse message: line too long';
