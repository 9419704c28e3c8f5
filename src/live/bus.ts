import type { HeardEvent } from './ports.ts';

/**
 * Carries the word that something was told. It is a hint: what does not come through here is found in the store within
 * about a second, so that events of another process need no bus that reaches it.
 */
export interface EventBus {
  /** Never throws, and waits for nobody. */
  publish(events: readonly HeardEvent[]): void;
  /** @returns what ends the subscription */
  subscribe(hear: (events: readonly HeardEvent[]) => void): () => void;
}

/** The bus of one process. */
export function createBus(): EventBus {
  const subscribers = new Set<(events: readonly HeardEvent[]) => void>();
  return {
    publish(events) {
      for (const hear of subscribers) hear(events);
    },
    subscribe(hear) {
      subscribers.add(hear);
      return () => void subscribers.delete(hear);
    },
  };
}
