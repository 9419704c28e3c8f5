import type { CallState, Disposition, EventType } from '../../contract/call-words.ts';
import type { Outcome } from '../calls/call.ts';
import type { Fact } from '../calls/fact.ts';
import type { CallLife } from '../calls/life.ts';

/** One line of a call's journal. `data` is JSON with secrets masked; its shape depends on `kind`. */
export interface JournalEntry {
  readonly atMicros: number;
  /**
   * - `request`: the HTTP request (or command) as it came
   * - `sent`, `received`: one frame between us and the PBX
   * - `heard`: what the PBX told of its own accord, as it came
   * - `event`: what the world was told, a `ToldEvent`'s `type`, `number` and `life`
   * - `answer`: what we answered
   * - `repeat`: the same click came again and got the same answer
   * - `hang_up`: somebody asked us to end the call
   * - `note`: what we did or found out by ourselves, a `NoteData`
   */
  readonly kind:
    | 'request'
    | 'sent'
    | 'received'
    | 'heard'
    | 'event'
    | 'answer'
    | 'repeat'
    | 'hang_up'
    | 'note';
  readonly data: unknown;
}

/** What an entry of the kind `event` holds. */
export interface EventData {
  readonly type: EventType;
  /** Of the call's events: 1, 2, 3 … without holes. */
  readonly number: number;
  /** The call's life after it. */
  readonly life: CallLife;
}

/** What an entry of the kind `note` holds. */
export interface NoteData {
  /** A sentence. */
  readonly says: string;
  /** What it told of the call. */
  readonly facts?: readonly Fact[];
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
  /** What became of the request. */
  readonly outcome: Outcome;
  /** What became of the call. */
  readonly life: CallLife;
  readonly askedAtMicros: number;
  readonly first: string | undefined;
  readonly second: string | undefined;
  readonly dialAs: string | undefined;
  /** The customer's own word for it, to find it by. */
  readonly reference: string | undefined;
  /** Opens the public page of this request's error; can't be guessed. */
  readonly errorToken: string;
}

/** A click that must not be made twice within `windowMicros`. */
export interface ClickGuard {
  /** The same for the same click: same key, first and second number, or same idempotency key; 64 hex digits. */
  readonly fingerprint: string;
  readonly windowMicros: number;
}

export interface Opening {
  readonly call: CallRecord;
  readonly entries: readonly JournalEntry[];
  /** Which process tends the call: the id of its heartbeat. */
  readonly tender: string;
  readonly guard?: ClickGuard;
}

/** A call as it stands, and how many entries its journal has: who wants to change it says which one was looked at. */
export interface CallVersion {
  readonly call: CallRecord;
  readonly version: number;
}

/** One step of a call's life. */
export interface Advance {
  readonly callId: string;
  readonly tenantId: string;
  /** The number of journal entries that it was made from. */
  readonly version: number;
  readonly outcome: Outcome;
  readonly life: CallLife;
  /** Those of the kind `event` go into the account's feed as well. */
  readonly entries: readonly JournalEntry[];
  /** Who tends it from now on; undefined: whoever did. */
  readonly tender?: string;
}

/** A journal entry with its number: 0, 1, 2 … within the call, as they were written. */
export interface NumberedEntry extends JournalEntry {
  readonly seq: number;
}

/** Where an entry stands in a journal that is in the order of time. */
export type JournalPlace = Pick<NumberedEntry, 'atMicros' | 'seq'>;

/** Which calls of an account are looked for; what is undefined does not matter. Texts are whole values. */
export interface CallFilter {
  readonly state?: CallState | undefined;
  readonly disposition?: Disposition | undefined;
  readonly pbxName?: string | undefined;
  readonly keyId?: string | undefined;
  readonly reference?: string | undefined;
  readonly first?: string | undefined;
  readonly second?: string | undefined;
  /** Asked for at this time or later. */
  readonly fromMicros?: number | undefined;
  /** Asked for before this time. */
  readonly toMicros?: number | undefined;
}

export interface CallQuery {
  readonly tenantId: string;
  readonly filter: CallFilter;
  /** Calls of which one of these holds as well. */
  readonly either?: readonly CallFilter[] | undefined;
  /** Only calls that come after this one, newest first. */
  readonly afterId?: string | undefined;
  readonly limit: number;
}

export interface CallPage {
  readonly calls: readonly CallRecord[];
  /** After which to go on. There may be fewer calls than asked for, and more after this one; undefined: that was all. */
  readonly next: string | undefined;
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
  refuse(opening: Omit<Opening, 'guard' | 'tender'>): Promise<void>;
  /**
   * Takes a call one step further: row, entries, feed and what is due to webhooks, all or nothing. Survives `kill -9` when
   * it resolves, and reaches the disk with the next group.
   * @returns the place of the step's last event in the account's feed, 0 without events; undefined where the call has
   * changed since `version`, and nothing was written
   */
  advance(step: Advance): Promise<number | undefined>;
  /** Adds entries to a call in any state. Survives `kill -9` when it resolves. */
  append(callId: string, entries: readonly JournalEntry[]): Promise<void>;
  /** Notes that a key was used; at most once a minute a key reaches the store. Never rejects. */
  keyUsed(keyId: string, atMicros: number): void;
  callById(id: string): Promise<CallRecord | undefined>;
  callVersion(id: string): Promise<CallVersion | undefined>;
  /** An account's calls, newest first. Of what is asked for together, only so many are looked at for one page. */
  callsOf(query: CallQuery): Promise<CallPage>;
  /** In the order in which they were written. */
  entriesOf(callId: string): Promise<JournalEntry[]>;
  /** The same in the order of their times, those of one time as they were written; those after a place, at most `limit`. */
  entriesAfter(callId: string, after: JournalPlace | undefined, limit: number): Promise<NumberedEntry[]>;
  /** Says that a process lives and tends its calls. On the disk when it resolves. */
  beat(tender: string, atMicros: number): Promise<void>;
  /** Says that a process tends no calls any more. */
  farewell(tender: string): Promise<void>;
  /** Calls that are not over and whose process has not been heard of since that time, oldest first, at most `limit`. */
  untended(beatBeforeMicros: number, limit: number): Promise<CallVersion[]>;
}
