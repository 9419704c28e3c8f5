import type { AccountEventType, EventType, WebhookType } from '../../contract/call-words.ts';
import type { Act } from '../audit/act.ts';
import type { RecordedEvent } from '../calls/present-event.ts';

/** Where an account wants to be told of events. */
export interface WebhookRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly url: string;
  /** Undefined: all. */
  readonly types: readonly WebhookType[] | undefined;
  /** The customer's own word for it. */
  readonly label: string;
  /** A `Secrets`, as JSON, sealed for this webhook's id. */
  readonly sealed: string;
  /** `paused`: its deliveries wait. */
  readonly state: 'active' | 'paused';
  /** Why it is paused; empty while it is active. */
  readonly reason: string;
  /** Since when nothing could be delivered; undefined: the last attempt was a success, or there was none. */
  readonly failingSinceMicros: number | undefined;
  readonly createdAtMicros: number;
}

/** `given_up`: it was tried for a day. */
export type DeliveryState = 'pending' | 'delivered' | 'given_up';

/** One event that is to go to one webhook. */
export interface DeliveryRecord {
  readonly webhookId: string;
  readonly id: string;
  /** Undefined for what is of no call. */
  readonly callId: string | undefined;
  /** Where the event stands in its call's journal; undefined for what is of no call. */
  readonly seq: number | undefined;
  readonly type: EventType | AccountEventType | 'webhook.test';
  /** The event's; 0 for what is of no call. */
  readonly number: number;
  readonly state: DeliveryState;
  /** How often it was taken up to be sent. */
  readonly attempts: number;
  /** While it is pending: when it may be taken up next. While it is being sent, when somebody else may. */
  readonly dueAtMicros: number | undefined;
  /** When it is given up. */
  readonly untilMicros: number;
  readonly createdAtMicros: number;
  /** Of what happened to the account: what of it is told. */
  readonly about: AccountEvent | undefined;
}

/** What happened to an account, as its webhooks are told. */
export interface AccountEvent {
  readonly key: {
    readonly id: string;
    /** In words, as `key_frozen` has them. */
    readonly reason: string;
  };
}

/** One attempt to deliver, and what came of it. */
export interface AttemptRecord {
  readonly deliveryId: string;
  /** 1, 2, 3 … of its delivery. */
  readonly number: number;
  readonly atMicros: number;
  readonly durationMicros: number;
  /** HTTP; undefined: there was no answer. */
  readonly status: number | undefined;
  /** What was wrong; empty: nothing. */
  readonly error: string;
  /** The beginning of the answer's body, as it may be shown. */
  readonly response: string;
}

/** What may be sent now by whoever took it up. */
export interface Claim {
  readonly tenantId: string;
  readonly url: string;
  readonly sealed: string;
  readonly failures: number;
  readonly deliveries: readonly DeliveryRecord[];
}

/** What came of an attempt. */
export interface Settlement {
  readonly webhookId: string;
  readonly attempt: AttemptRecord;
  /** `retry`: it is due again at `dueAtMicros`. */
  readonly outcome: 'delivered' | 'given_up' | 'retry';
  readonly dueAtMicros: number;
  /** Of a failure: before that, nothing else is sent to this webhook. */
  readonly retryAtMicros: number;
}

/** Which webhooks are looked at: one, those of one account, or all. */
export type DueScope =
  | { readonly webhookId: string; readonly tenantId?: never }
  | { readonly tenantId: string; readonly webhookId?: never }
  | { readonly tenantId?: never; readonly webhookId?: never };

/**
 * What webhooks need of a store. An act is written into the audit in the same transaction, where there is something to
 * write. A seal that is not of the master key in use rejects with `SealOutdated`.
 */
export interface WebhookStore {
  add(webhook: WebhookRecord, act: Act): Promise<void>;
  /** The account's, oldest first. */
  webhooksOf(tenantId: string): Promise<WebhookRecord[]>;
  webhook(tenantId: string, id: string): Promise<WebhookRecord | undefined>;
  /** These five are false where the account has no such webhook. What was queued before a change stays queued. */
  change(
    tenantId: string,
    id: string,
    change: Pick<WebhookRecord, 'url' | 'types' | 'label'>,
    act: Act,
  ): Promise<boolean>;
  rotate(tenantId: string, id: string, sealed: string, act: Act): Promise<boolean>;
  pause(tenantId: string, id: string, reason: string, act: Act): Promise<boolean>;
  /** Forgets that it was failing: what waits is due now. */
  resume(tenantId: string, id: string, nowMicros: number, act: Act): Promise<boolean>;
  /** Its deliveries go too, in time. */
  remove(tenantId: string, id: string, act: Act): Promise<boolean>;
  /** Pauses it if nothing could be delivered since that time, by whomever. */
  pauseFailing(id: string, sinceMicros: number, reason: string, act: Act): Promise<void>;

  /** The accounts that have active webhooks. On the way of every event, so it is kept until somebody changes one. */
  tenants(): Promise<ReadonlySet<string>>;
  /** The active webhooks that have something to be sent now. */
  due(nowMicros: number, scope: DueScope): Promise<readonly { id: string; failures: number }[]>;
  /**
   * Takes up what is due at a webhook, oldest first, at most `limit`; one alone while the webhook fails. Nobody else gets
   * it until `leaseMicros`. Of a call's events only the first pending one is ever taken up. What is past its time is given
   * up instead.
   */
  claim(webhookId: string, nowMicros: number, leaseMicros: number, limit: number): Promise<Claim | undefined>;
  /** Undefined where the journal has no such event any more. */
  eventOf(delivery: DeliveryRecord): Promise<RecordedEvent | undefined>;
  /**
   * Writes down what came of an attempt. Where somebody else has taken the delivery up since, a failure changes nothing
   * of it.
   * @returns of a failure: since when the webhook fails; undefined: it does not, or others have counted this one
   */
  settle(settlement: Settlement): Promise<number | undefined>;
  /** Gives back what was taken up and not sent. */
  release(delivery: DeliveryRecord, nowMicros: number): Promise<void>;

  /** A test: an event that no call told. */
  queueTest(delivery: DeliveryRecord): Promise<void>;
  /** Queues a delivery again, whatever became of it. False where there is none. */
  requeue(webhookId: string, id: string, nowMicros: number, untilMicros: number): Promise<boolean>;
  /** Newest first, those before an id. */
  deliveries(webhookId: string, before: string | undefined, limit: number): Promise<DeliveryRecord[]>;
  delivery(webhookId: string, id: string): Promise<DeliveryRecord | undefined>;
  /** The attempts of all deliveries from one id to another, both included, in their order. */
  attempts(webhookId: string, fromId: string, toId: string): Promise<AttemptRecord[]>;

  /** All webhooks whose deliveries may be pruned, removed ones included. */
  prunable(): Promise<readonly { id: string; isRemoved: boolean }[]>;
  /** Deletes a webhook's oldest deliveries before an id, at most `limit`, and says how many there were. */
  prune(webhookId: string, beforeId: string, limit: number): Promise<number>;
  /** Deletes a removed webhook that has no deliveries any more. */
  forget(webhookId: string): Promise<void>;
}
