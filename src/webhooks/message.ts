import type { CallEvent } from '../../contract/v3/event.ts';
import { eventId, presentEvent, type RecordedEvent } from '../calls/present-event.ts';
import { rfc3339 } from '../kit/clock.ts';
import type { AccountEvent, DeliveryRecord } from './ports.ts';

/** An event of no call: a test, or what happened to the account. */
interface OtherEvent extends Partial<AccountEvent> {
  readonly id: string;
  readonly type: DeliveryRecord['type'];
  readonly number: 0;
  readonly at: string;
  readonly call: null;
}

/** What a receiver knows a message by: the same for the same event, however often and to whomever it is sent. */
export function messageId({ id, callId, number }: DeliveryRecord): string {
  return callId === undefined ? id : eventId(callId, number);
}

/** @param event undefined for what is of no call */
export function messageBody(delivery: DeliveryRecord, event: RecordedEvent | undefined): string {
  const message: CallEvent | OtherEvent =
    event === undefined
      ? {
          id: delivery.id,
          type: delivery.type,
          number: 0,
          at: rfc3339(delivery.createdAtMicros),
          call: null,
          ...delivery.about,
        }
      : presentEvent(event);
  return JSON.stringify(message);
}
