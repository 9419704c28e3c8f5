import type { CallState } from '../calls/call.ts';
import type { JournalEntry } from '../switchboard/ports.ts';

/*
 * The tables as Kysely sees them, the same on both engines. Times are whole microseconds since 1970; JSON is text; ids are
 * UUIDs of version 7 as text, so that a table's index grows at its end.
 */

export type Engine = 'sqlite' | 'postgres';

export interface TenantRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly created_at: number;
}

export interface KeyRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly label: string;
  readonly prefix: string;
  /** SHA-256 of the key, lower-case hex. */
  readonly hash: string;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly revoked_at: number | null;
}

export interface PbxRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly driver: string;
  /** JSON. */
  readonly settings: string;
  readonly sealed: string;
  readonly revision: number;
  readonly created_at: number;
}

export interface CallRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly key_id: string | null;
  readonly pbx_id: string | null;
  readonly pbx_name: string | null;
  readonly state: CallState;
  readonly asked_at: number;
  readonly first: string | null;
  readonly second: string | null;
  readonly dial_as: string | null;
  readonly error_token: string;
  /** The number of the next journal entry. Raising it locks the call, so that no two writers number alike. */
  readonly next_seq: number;
}

export interface JournalEntryRow {
  readonly call_id: string;
  /** 0, 1, 2 … within the call. */
  readonly seq: number;
  readonly at: number;
  readonly kind: JournalEntry['kind'];
  /** JSON. */
  readonly data: string;
}

/** The last time that a click was made: what the double-click guard decides by. */
export interface ClickRow {
  readonly fingerprint: string;
  readonly call_id: string;
  readonly at: number;
}

/** One row: how often the directory was changed. See `generation-cache.ts`. */
export interface GenerationRow {
  readonly id: number;
  readonly number: number;
}

export interface Database {
  readonly tenant: TenantRow;
  readonly api_key: KeyRow;
  readonly pbx: PbxRow;
  readonly call: CallRow;
  readonly journal_entry: JournalEntryRow;
  readonly click: ClickRow;
  readonly generation: GenerationRow;
}
