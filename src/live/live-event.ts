import { presentEvent, type RecordedEvent } from '../calls/present-event.ts';
import type { EventType } from '../../contract/call-words.ts';

/** An event as streams send it. What is the same for all of them is made once, when the first one wants it. */
export class LiveEvent {
  /** In the account's feed; 0 where it was read as one of its call. */
  readonly position: number;
  readonly callId: string;
  readonly number: number;
  readonly type: EventType;
  readonly #recorded: RecordedEvent;
  readonly #frames = new Map<number, Buffer>();
  #rest: string | undefined;

  constructor(recorded: RecordedEvent, position = 0) {
    this.position = position;
    this.callId = recorded.call.id;
    this.number = recorded.event.number;
    this.type = recorded.event.type;
    this.#recorded = recorded;
  }

  /** The bytes of a Server-Sent Event (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
  frame(id: number): Buffer {
    let frame = this.#frames.get(id);
    if (frame === undefined) {
      // JSON has no line breaks of its own.
      this.#rest ??= `event: ${this.type}\ndata: ${JSON.stringify(presentEvent(this.#recorded))}\n\n`;
      frame = Buffer.from(`id: ${id}\n${this.#rest}`);
      this.#frames.set(id, frame);
    }
    return frame;
  }
}
