import { timingSafeEqual } from 'node:crypto';

/** Compares a secret with what somebody gave for it, in a time that does not tell how much of it was right. */
export function sameText(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
