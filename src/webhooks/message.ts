import type { CallEvent } from '../../contract/v3/event.ts';
import { eventId, presentEvent, type RecordedEvent } from '../calls/present-event.ts';
import { rfc3339 } from '../kit/clock.ts';
import type { DeliveryRecord } from './ports.ts';

/** What a test sends: an event of no call. */
interface TestEvent {
  readonly id: string;
  readonly type: 'webhook.test';
  readonly number: 0;
  readonly at: string;
  readonly call: null;
}

/** What a receiver knows a message by: the same for the same event, however often and to whomever it is sent. */
export function messageId({ id, callId, number }: DeliveryRecord): string {
  return callId === undefined ? id : eventId(callId, number);
}

/** @param event undefined for a test */
export function messageBody(delivery: DeliveryRecord, event: RecordedEvent | undefined): string {
  const message: CallEvent | TestEvent =
    event === undefined
      ? {
          id: delivery.id,
          type: 'webhook.test',
          number: 0,
          at: rfc3339(delivery.createdAtMicros),
          call: null,
        }
      : presentEvent(event);
  return JSON.stringify(message);
}
