import { randomBytes, randomUUIDv7 } from 'node:crypto';

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
