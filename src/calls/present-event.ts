import type { EventType } from '../../contract/call-words.ts';
import type { CallEvent } from '../../contract/v3/event.ts';
import { rfc3339 } from '../kit/clock.ts';
import type { CallLife } from './life.ts';
import { presentCall, type CallFacts } from './present-call.ts';

/** What was told of a call, and when we learned of it. */
export interface RecordedEvent {
  readonly call: CallFacts;
  readonly atMicros: number;
  readonly event: {
    readonly type: EventType;
    /** Of the call's events: 1, 2, 3 … without holes. */
    readonly number: number;
    /** The call's life after it. */
    readonly life: CallLife;
  };
}

/** An event as the world is told of it: the same in a stream and in a webhook, whenever it is told. */
export function presentEvent({ call, atMicros, event }: RecordedEvent): CallEvent {
  const { type, number, life } = event;
  return { id: eventId(call.id, number), type, number, at: rfc3339(atMicros), call: presentCall(call, life) };
}

export function eventId(callId: string, number: number): string {
  return `${callId}-${number}`;
}
