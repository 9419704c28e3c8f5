import type { EventType } from '../../contract/call-words.ts';
import type { AccountFeed } from './account-feed.ts';
import { LiveEvent } from './live-event.ts';
import type { EventStore } from './ports.ts';

/** Which events a stream is of, and what it calls them. */
export interface Source {
  /** The stream's id of an event; undefined: it is none of this stream's. Ids grow, whatever is wanted of them. */
  idOf(event: LiveEvent): number | undefined;
  /** False: it is passed over. */
  wants(event: LiveEvent): boolean;
  /** The bytes of an event under its id. */
  frame(event: LiveEvent, id: number): Buffer;
  /** After it there are no more. */
  isLast(event: LiveEvent): boolean;
  /** Its events behind an id that are at hand, all that were passed on until now; undefined: they have to be read. */
  recent(feed: AccountFeed, after: number): readonly LiveEvent[] | undefined;
  /** Its events behind an id, in their order, at most `limit`. */
  read(after: number, limit: number): Promise<LiveEvent[]>;
}

/** Everything that an account's calls tell, by its place in the feed. @param types undefined: all */
export function accountSource(
  store: EventStore,
  tenantId: string,
  types: ReadonlySet<EventType> | undefined,
): Source {
  return {
    idOf: ({ position }) => position,
    wants: ({ type }) => types?.has(type) ?? true,
    frame: (event, id) => event.frame(id),
    isLast: () => false,
    recent: (feed, after) => feed.since(after),
    async read(after, limit) {
      const events = await store.eventsAfter(tenantId, after, limit);
      return events.map((event) => new LiveEvent(event, event.position));
    },
  };
}

/** What one call tells, by its number. @param isForPages it goes into a web page, where everybody reads it */
export function callSource(store: EventStore, callId: string, isForPages: boolean): Source {
  return {
    idOf: (event) => (event.callId === callId ? event.number : undefined),
    wants: () => true,
    frame: (event, id) => (isForPages ? event.frameForPages(id) : event.frame(id)),
    isLast: ({ type }) => type === 'call.ended',
    recent: () => undefined,
    async read(after, limit) {
      const events = await store.eventsOf(callId);
      const rest = events.filter(({ event }) => event.number > after);
      return rest.slice(0, limit).map((event) => new LiveEvent(event));
    },
  };
}
