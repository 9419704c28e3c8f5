import { passesByItself } from './problem.ts';

/**
 * What a page can't do without. Where there is none, it is thrown why. What was read before stays while the server does not
 * answer: a form that somebody fills in, and a key that is shown once, are not taken away.
 */
export function needed<Read extends { readonly data: unknown; readonly error: Error | null }>(
  read: Read,
): Read {
  if (read.error !== null && (read.data === undefined || !passesByItself(read.error))) throw read.error;
  return read;
}
