import type { JournalEntry } from './ports.ts';

/**
 * A journal as it is shown. What is heard of a call is written at once, and what was said about its order with the answer to it:
 * the order of writing is not that of time. What came at one time stays as it was written.
 */
export function inTime<Entry extends Pick<JournalEntry, 'atMicros'>>(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => a.atMicros - b.atMicros);
}
