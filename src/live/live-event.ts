import { callForPages } from '../calls/call-for-pages.ts';
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

  /** The same for a web page, where everybody reads it. Such streams are of one call, so nothing is kept for others. */
  frameForPages(id: number): Buffer {
    const event = presentEvent(this.#recorded);
    const data = JSON.stringify({ ...event, call: callForPages(event.call) });
    return Buffer.from(`id: ${id}\nevent: ${this.type}\ndata: ${data}\n\n`);
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
