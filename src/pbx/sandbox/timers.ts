/** Every delay of one sandbox: all run at its pace, and all end with it. */
export class Timers {
  readonly #pace: number;
  readonly #pending = new Set<NodeJS.Timeout>();

  /** @param pace A factor on every delay: 0.05 is twenty times as fast as life. */
  constructor(pace: number) {
    this.#pace = pace;
  }

  /** Runs `then` after `ms` milliseconds of the sandbox's time; what it returns calls that off. */
  after(ms: number, then: () => void): () => void {
    const timer = setTimeout(() => {
      this.#pending.delete(timer);
      then();
    }, ms * this.#pace);
    this.#pending.add(timer);
    return () => {
      clearTimeout(timer);
      this.#pending.delete(timer);
    };
  }

  /** What waits for a timer then waits for ever, and is collected with the sandbox. */
  clear(): void {
    for (const timer of this.#pending) clearTimeout(timer);
    this.#pending.clear();
  }
}
