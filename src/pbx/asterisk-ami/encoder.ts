/** One header of an action. A name may stand more than once only where AMI allows it (`Variable`). */
export type Header = readonly [name: string, value: string];

/** Asterisk's own bounds (main/manager.c): a longer line or a further header makes it drop the whole message. */
const LINE_BYTES_MAX = 1023;
const HEADERS_MAX = 128;

const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
// Control characters are the whole danger: CR or LF begins a new header, an empty line a new action with our rights.
const CONTROL = /\p{Cc}/u;
const VARIABLE_NAME = /^_{0,2}[A-Za-z][A-Za-z0-9_]{0,39}(\([A-Za-z0-9_,-]{1,60}\))?$/;

/** A value that would not go over the wire as it is. Refused, never mended: a mended value is another value. */
export class UnsafeHeader extends Error {
  override readonly name = 'UnsafeHeader';
}

/**
 * Writes one action: the one place where text becomes AMI.
 * @returns the lines with CRLF and the closing empty line.
 * @throws UnsafeHeader for a control character, a name that is none, or a message over Asterisk's bounds.
 */
export function encodeAction(action: string, headers: readonly Header[]): string {
  if (headers.length + 1 > HEADERS_MAX) throw new UnsafeHeader(`More than ${HEADERS_MAX} headers.`);
  return `${[['Action', action] as const, ...headers].map(encodeLine).join('')}\r\n`;
}

function encodeLine([name, value]: Header): string {
  if (!HEADER_NAME.test(name)) throw new UnsafeHeader('Not the name of a header.');
  if (CONTROL.test(value)) throw new UnsafeHeader(`The value of ${name} contains a control character.`);
  const line = `${name}: ${value}`;
  if (Buffer.byteLength(line) > LINE_BYTES_MAX) {
    throw new UnsafeHeader(`The value of ${name} is too long: a line has at most ${LINE_BYTES_MAX} bytes.`);
  }
  return `${line}\r\n`;
}

/**
 * A channel variable or function to set on the new channel. Asterisk splits the value at commas and minds quotes and
 * brackets, so each of `\ " , ( ) [ ]` gets a backslash (protocol notes, A.8; tried on 22.10).
 * @param name a constant of ours, never from a request.
 */
export function variableHeader(name: string, value: string): Header {
  if (!VARIABLE_NAME.test(name)) throw new UnsafeHeader('Not the name of a variable.');
  return ['Variable', `${name}=${value.replace(/[\\",()[\]]/g, '\\$&')}`];
}
