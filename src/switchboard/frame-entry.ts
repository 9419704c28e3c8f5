import type { Frame } from '../pbx/contract.ts';
import type { JournalEntry } from './ports.ts';

/** One message between us and the PBX, for the journal. */
export function frameEntry(frame: Frame): JournalEntry {
  const { direction, atMicros, raw, data } = frame;
  return { kind: direction, atMicros, data: { raw, ...(data === undefined ? {} : { fields: data }) } };
}

/** The same of a hang-up, which is told apart from the order: it may come before the order has its answer. */
export function hangUpEntry(frame: Frame): JournalEntry {
  const entry = frameEntry(frame);
  return { ...entry, data: { ...(entry.data as object), of: 'hang_up' } };
}
