import { randomBytes, randomInt, randomUUIDv7 } from 'node:crypto';

/**
 * A request id: a UUID of version 7 (RFC 9562), whose leading time keeps the journal's index in the order of its
 * growth, so that the ten-millionth insert touches the same few pages as the first.
 */
export function newId(): string {
  return randomUUIDv7();
}

let lastMs = '';
let inMs = 0;

/** The same, and this thread's ids of one millisecond are in the order of their making (RFC 9562, 6.2, method 1). */
export function newOrderedId(): string {
  const id = newId();
  const ms = id.slice(0, 13);
  inMs = ms === lastMs ? Math.min(inMs + 1, 0xfff) : 0;
  lastMs = ms;
  return `${id.slice(0, 15)}${inMs.toString(16).padStart(3, '0')}${id.slice(18)}`;
}

/** Every id that is made at that time or later is this text or comes after it, and every one from before is not. */
export function idTimeBound(micros: number): string {
  const millis = Math.min(Math.max(Math.floor(micros / 1000), 0), 2 ** 48 - 1);
  const hex = millis.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

const POOL_BYTES = 4_096;
let pool = Buffer.alloc(0);

/** `bytes` random bytes as base64url: a token for a URL that can't be guessed. */
export function newToken(bytes: number): string {
  // Asking the system for each token's bytes costs more than making the rest of an answer.
  if (pool.length < bytes) pool = randomBytes(Math.max(POOL_BYTES, bytes));
  const token = pool.toString('base64url', 0, bytes);
  pool = pool.subarray(bytes);
  return token;
}

const LETTERS_AND_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `length` random letters and digits, almost 6 bits each: survives a double click, a URL and a shell as it is. */
export function newSecretText(length: number): string {
  return Array.from({ length }, () => LETTERS_AND_DIGITS[randomInt(LETTERS_AND_DIGITS.length)]).join('');
}
