import type { CallState, Disposition } from '../../contract/call-words.ts';
import type { KeyKind } from '../access/limits.ts';
import type { Role } from '../../contract/v3/people.ts';
import type { Outcome } from '../calls/call.ts';
import type { TicketPurpose } from '../people/ports.ts';
import type { JournalEntry } from '../switchboard/ports.ts';
import type { DeliveryRecord, DeliveryState } from '../webhooks/ports.ts';

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
  readonly kind: KeyKind;
  /** With commas between them; null: all. */
  readonly scopes: string | null;
  /** JSON: a `KeyLimits`. */
  readonly limits: string;
  readonly expires_at: number | null;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly revoked_at: number | null;
}

/** A click link: see `access/ports.ts`. */
export interface LinkRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly key_id: string | null;
  readonly hash: string;
  readonly label: string;
  readonly first: string;
  readonly second: string;
  readonly dial_as: string | null;
  readonly pbx: string | null;
  readonly uses: number;
  readonly used: number;
  readonly used_at: number | null;
  readonly created_at: number;
  readonly expires_at: number;
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

/** A key that froze itself: a `Freeze`. */
export interface KeyFreezeRow {
  readonly key_id: string;
  readonly tenant_id: string;
  /** Null: not any more. */
  readonly frozen_at: number | null;
  readonly reason: string;
  /** JSON: names of counts, each with a number of calls. */
  readonly counts: string;
  readonly unfrozen_at: number | null;
}

/** How often a key did something on a day: see `Habits`. */
export interface HabitRow {
  readonly key_id: string;
  /** Since 1970. */
  readonly day: number;
  readonly name: string;
  readonly calls: number;
}

/** What an account's calls may be. */
export interface PolicyRow {
  readonly tenant_id: string;
  /** JSON: a `Policy`. */
  readonly policy: string;
}

export interface CallRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly key_id: string | null;
  readonly pbx_id: string | null;
  readonly pbx_name: string | null;
  readonly outcome: Outcome;
  readonly asked_at: number;
  readonly first: string | null;
  readonly second: string | null;
  readonly dial_as: string | null;
  readonly error_token: string;
  /** What `life` says, for the queries. */
  readonly state: CallState;
  readonly disposition: Disposition | null;
  /** JSON: a `CallLife`. */
  readonly life: string;
  readonly reference: string | null;
  /** The process that tends it, a row of `tender`. */
  readonly tended_by: string | null;
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

/** How many calls of an account ended alike that were asked for within one hour. */
export interface UsageRow {
  readonly tenant_id: string;
  /** The hour's number since 1970. */
  readonly hour: number;
  readonly disposition: Disposition;
  /** See `waitClassOf`. */
  readonly wait_class: number;
  readonly calls: number;
  /** Microseconds, together. */
  readonly talk: number;
}

/** Where an account's events stand in its feed: one, two, three, in the order of their commits. */
export interface FeedRow {
  readonly tenant_id: string;
  readonly position: number;
  readonly call_id: string;
  readonly seq: number;
}

/** The last place of an account's feed. Raising it locks the feed, so that places are taken in the order of commits. */
export interface FeedHeadRow {
  readonly tenant_id: string;
  readonly position: number;
}

/** A process that tends calls, and when it was last heard of. */
export interface TenderRow {
  readonly id: string;
  readonly seen_at: number;
}

/** The last time that a click was made: what the double-click guard decides by. */
export interface ClickRow {
  readonly fingerprint: string;
  readonly call_id: string;
  readonly at: number;
  /** When no guard will ask for it any more. */
  readonly kept_until: number;
}

/** One row: how often the directory was changed. See `generation-cache.ts`. */
export interface GenerationRow {
  readonly id: number;
  readonly number: number;
  /** The id of the master key that seals what is stored; null before the first seal. See `kit/seal.ts`. */
  readonly master_key: string | null;
}

/** What was done: an `AuditEntry` of `audit/chain.ts`. Never changed, never deleted. */
export interface AuditEntryRow {
  readonly log: string;
  readonly position: number;
  readonly at: number;
  readonly actor_kind: string;
  readonly actor_name: string;
  readonly action: string;
  readonly subject: string;
  /** JSON. */
  readonly detail: string;
  readonly previous: string;
  readonly hash: string;
}

export interface AuditHeadRow {
  readonly log: string;
  readonly position: number;
  readonly hash: string;
}

export interface WebhookRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly url: string;
  /** With commas between them; null: all. */
  readonly types: string | null;
  readonly label: string;
  readonly sealed: string;
  /** `removed`: its deliveries are still being deleted. */
  readonly state: 'active' | 'paused' | 'removed';
  readonly reason: string;
  /** In a row, those at the same time counted once. */
  readonly failures: number;
  readonly failing_since: number | null;
  /** Nothing is sent before that. */
  readonly retry_at: number;
  readonly created_at: number;
}

/** An event that is to go to a webhook: queued in the transaction that tells the event. */
export interface DeliveryRow {
  readonly webhook_id: string;
  readonly id: string;
  readonly call_id: string | null;
  readonly seq: number | null;
  readonly type: DeliveryRecord['type'];
  readonly number: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Null: it is not pending any more. Whoever takes it up puts this off, and so holds it for so long. */
  readonly due_at: number | null;
  readonly until_at: number;
  readonly created_at: number;
  /** An `AccountEvent`, as JSON; null: a test, or an event that stands in its call's journal. */
  readonly about: string | null;
}

export interface AttemptRow {
  readonly webhook_id: string;
  readonly delivery_id: string;
  readonly number: number;
  readonly at: number;
  /** Microseconds. */
  readonly duration: number;
  readonly status: number | null;
  readonly error: string;
  readonly response: string;
}

export interface PersonRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password: string | null;
  readonly confirmed_at: number | null;
  readonly created_at: number;
}

export interface MemberRow {
  readonly tenant_id: string;
  readonly person_id: string;
  readonly role: Role;
  readonly created_at: number;
}

export interface LoginRow {
  readonly id: string;
  readonly person_id: string;
  readonly tenant_id: string;
  /** SHA-256 of the cookie, lower-case hex. */
  readonly hash: string;
  readonly created_at: number;
  readonly seen_at: number;
  readonly expires_at: number;
  readonly agent: string;
  readonly address: string;
}

/** A link that is good once: deleted when it is used. */
export interface TicketRow {
  readonly id: string;
  readonly purpose: TicketPurpose;
  /** SHA-256 of what stands in the link, lower-case hex. */
  readonly hash: string;
  readonly email: string;
  readonly person_id: string | null;
  readonly tenant_id: string | null;
  readonly role: Role | null;
  readonly created_at: number;
  readonly expires_at: number;
}

export interface Database {
  readonly tenant: TenantRow;
  readonly api_key: KeyRow;
  readonly link: LinkRow;
  readonly pbx: PbxRow;
  readonly policy: PolicyRow;
  readonly key_freeze: KeyFreezeRow;
  readonly key_habit: HabitRow;
  readonly call: CallRow;
  readonly journal_entry: JournalEntryRow;
  readonly usage: UsageRow;
  readonly feed: FeedRow;
  readonly feed_head: FeedHeadRow;
  readonly tender: TenderRow;
  readonly webhook: WebhookRow;
  readonly delivery: DeliveryRow;
  readonly attempt: AttemptRow;
  readonly click: ClickRow;
  readonly generation: GenerationRow;
  readonly audit_entry: AuditEntryRow;
  readonly audit_head: AuditHeadRow;
  readonly person: PersonRow;
  readonly member: MemberRow;
  readonly login: LoginRow;
  readonly ticket: TicketRow;
}
