import { randomBytes, randomInt, randomUUIDv7 } from 'node:crypto';

/**
 * A request id: a UUID of version 7 (RFC 9562), whose leading time keeps the journal's index in the order of its
 * growth, so that the ten-millionth insert touches the same few pages as the first.
 */
export function newId(): string {
  return randomUUIDv7();
}

/** `bytes` random bytes as base64url: a token for a URL that can't be guessed. */
export function newToken(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

const LETTERS_AND_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `length` random letters and digits, almost 6 bits each: survives a double click, a URL and a shell as it is. */
export function newSecretText(length: number): string {
  return Array.from({ length }, () => LETTERS_AND_DIGITS[randomInt(LETTERS_AND_DIGITS.length)]).join('');
}
