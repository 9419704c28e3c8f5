import type { CallState } from '../calls/call.ts';

/** One line of a call's journal. `data` is JSON with secrets masked; its shape depends on `kind`. */
export interface JournalEntry {
  readonly atMicros: number;
  /**
   * - `request`: the HTTP request (or command) as it came
   * - `sent`, `received`: one frame between us and the PBX
   * - `answer`: what we answered
   * - `repeat`: the same click came again and got the same answer
   * - `settled`: what we found out later about a request that a crash cut off
   */
  readonly kind: 'request' | 'sent' | 'received' | 'answer' | 'repeat' | 'settled';
  readonly data: unknown;
}

/** A call's row: the summary of its journal. */
export interface CallRecord {
  /** The request id. */
  readonly id: string;
  readonly tenantId: string;
  /** Undefined where the command line asked. */
  readonly keyId: string | undefined;
  /** Undefined where the request was refused before a PBX was chosen. */
  readonly pbxId: string | undefined;
  readonly pbxName: string | undefined;
  readonly state: CallState;
  readonly askedAtMicros: number;
  readonly first: string | undefined;
  readonly second: string | undefined;
  readonly dialAs: string | undefined;
  /** Opens the public page of this request's error; can't be guessed. */
  readonly errorToken: string;
}

/** A click that must not be made twice within `windowMicros`. */
export interface ClickGuard {
  /** The same for the same key, first and second number; 64 hex digits. */
  readonly fingerprint: string;
  readonly windowMicros: number;
}

export interface Opening {
  readonly call: CallRecord;
  readonly entries: readonly JournalEntry[];
  readonly guard?: ClickGuard;
}

/** What the switchboard needs of a store: the journal of calls. */
export interface Journal {
  /**
   * Writes a call's row and first entries. When it resolves they are on the disk (fsync), grouped with what others open
   * at the same time. Where `guard` finds the same click within its window, nothing is written and the first call's id
   * is returned; this holds between processes too.
   */
  open(opening: Opening): Promise<{ readonly repeatOf: string | undefined }>;
  /**
   * Writes a request that was refused before any PBX was asked. Survives `kill -9` when it resolves, and reaches the disk
   * with the next group.
   */
  refuse(opening: Omit<Opening, 'guard'>): Promise<void>;
  /**
   * Moves an `originating` call to its outcome and adds the entries, both or neither. Survives `kill -9` when it resolves,
   * and reaches the disk with the next group. A call that has an outcome keeps it: then false, and no entry is added.
   */
  record(callId: string, state: CallState, entries: readonly JournalEntry[]): Promise<boolean>;
  /** Adds entries to a call in any state. Survives `kill -9` when it resolves. */
  append(callId: string, entries: readonly JournalEntry[]): Promise<void>;
  /** Notes that a key was used; at most once a minute a key reaches the store. Never rejects. */
  keyUsed(keyId: string, atMicros: number): void;
  callById(id: string): Promise<CallRecord | undefined>;
  /** In the order in which they were written. */
  entriesOf(callId: string): Promise<JournalEntry[]>;
  /** Calls still `originating` that were asked for before that time, oldest first, at most `limit`. */
  unsettled(askedBeforeMicros: number, limit: number): Promise<CallRecord[]>;
}
