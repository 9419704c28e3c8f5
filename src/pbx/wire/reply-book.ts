interface Waiting<Reply> {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (reason: string) => void;
}

/** Requests that wait for their replies, where a reply names its request. */
export class ReplyBook<Reply> {
  readonly #withinMs: number;
  readonly #waiting = new Map<string, Waiting<Reply>>();

  /** @param withinMs how long each waits, in milliseconds. */
  constructor(withinMs: number) {
    this.#withinMs = withinMs;
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /**
   * Waits for the reply to one request.
   * @param id unique among those that wait.
   * @param fault makes the error where none comes in time, or the link ends first.
   */
  wait(id: string, fault: (reason: string) => Error): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        this.#waiting.delete(id);
      };
      const fail = (reason: string) => {
        settle();
        reject(fault(reason));
      };
      const timer = setTimeout(fail, this.#withinMs, `No reply within ${this.#withinMs / 1000} s.`);
      this.#waiting.set(id, {
        resolve: (reply) => {
          settle();
          resolve(reply);
        },
        reject: fail,
      });
    });
  }

  /** Gives a reply to whoever waits for it; one that nobody waits for any more is dropped. */
  answer(id: string, reply: Reply): void {
    this.#waiting.get(id)?.resolve(reply);
  }

  /** Ends everything that waits. */
  end(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(reason);
  }
}
