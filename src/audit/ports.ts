import type { AuditEntry, AuditHead } from './chain.ts';

/** What was done, as it is remembered. It is written with the change itself, in one transaction, and never changed. */
export interface AuditStore {
  /** The last entries, the newest first; of one log where it is named. */
  newest(limit: number, log?: string): Promise<AuditEntry[]>;
  /** The entries of a log before a position, the newest first. */
  entriesBefore(log: string, position: number, limit: number): Promise<AuditEntry[]>;
  /** The entries of a log after a position, in their order. */
  entriesAfter(log: string, position: number, limit: number): Promise<AuditEntry[]>;
  /** Position 0 and no hash where the log has none. */
  head(log: string): Promise<AuditHead>;
  /** The names of all logs that have an entry or a head. */
  logs(): Promise<string[]>;
}
