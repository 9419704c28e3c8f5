import type { Frame } from '../contract.ts';
import { NoReply } from '../wire/link-ended.ts';
import type { EslMessage } from './message.ts';

/** A command's reply, and both messages as they went over the wire. */
export interface EslReply {
  readonly message: EslMessage;
  /** `Reply-Text` or the API command's result, without the line end. */
  readonly text: string;
  /** A command's reply begins with `+OK`; an API command's result does not begin with `-ERR` or `-USAGE`. */
  readonly ok: boolean;
  readonly frames: readonly [sent: Frame, received: Frame];
}

interface Waiting {
  readonly sent: Frame;
  readonly withinMs: number;
  readonly resolve: (message: EslMessage) => void;
  readonly reject: (error: NoReply) => void;
}

/**
 * Commands in the order of their sending, each waiting for its reply. The time of each begins when it is its turn:
 * whoever stands behind a slow command is not late.
 */
export class ReplyQueue {
  readonly #onOverdue: (reason: string) => void;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param onOverdue is called when the oldest reply did not come in time. */
  constructor(onOverdue: (reason: string) => void) {
    this.#onOverdue = onOverdue;
  }

  /** @throws NoReply when the queue ends first */
  wait(sent: Frame, withinMs: number): Promise<EslMessage> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ sent, withinMs, resolve, reject });
      if (this.#waiting.length === 1) this.#watch();
    });
  }

  /** Gives a reply to the oldest; false: nobody waits. */
  answer(message: EslMessage): boolean {
    const oldest = this.#waiting.shift();
    this.#watch();
    oldest?.resolve(message);
    return oldest !== undefined;
  }

  /** Ends everything that waits. */
  end(reason: string): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#watch();
    for (const { reject, sent } of waiting) reject(new NoReply(reason, sent));
  }

  #watch(): void {
    clearTimeout(this.#timer);
    const oldest = this.#waiting[0];
    if (oldest === undefined) return;
    const { withinMs } = oldest;
    this.#timer = setTimeout(() => this.#onOverdue(`No reply within ${withinMs / 1000} s.`), withinMs);
  }
}
