import type { CallFacts } from '../calls/present-call.ts';
import type { RecordedEvent } from '../calls/present-event.ts';

/** An event at its place in its account's feed: one, two, three, in the order of their commits, without holes. */
export interface FeedEvent extends RecordedEvent {
  readonly position: number;
}

/** An event that was just committed. */
export interface HeardEvent extends FeedEvent {
  readonly call: CallFacts & { readonly tenantId: string };
}

/** What the streams need of a store: what was told, for whoever was not there. */
export interface EventStore {
  /** The last place of an account's feed; 0: nothing was told yet. */
  headOf(tenantId: string): Promise<number>;
  /** An account's events behind a place, in the order of the feed, at most `limit`. */
  eventsAfter(tenantId: string, position: number, limit: number): Promise<FeedEvent[]>;
  /** All events of one call, in their order. */
  eventsOf(callId: string): Promise<RecordedEvent[]>;
}
