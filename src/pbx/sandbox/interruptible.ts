import type { Timers } from './timers.ts';

/** A call that goes its way until somebody hangs up. */
export class Interruptible<Cause> {
  readonly #timers: Timers;
  readonly #talk = Promise.withResolvers<void>();
  #wake: (() => void) | undefined;
  #hangupCause: Cause | undefined;
  #hungUpBy: 'first' | 'second' | undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Resolves when both sides talk; a call that comes to nothing never does. */
  get talk(): Promise<void> {
    return this.#talk.promise;
  }

  talks(): void {
    this.#talk.resolve();
  }

  /** The cause that somebody ended this call with, or undefined: nobody has. */
  get hangupCause(): Cause | undefined {
    return this.#hangupCause;
  }

  /** Whose phone did; undefined: nobody's, it was ended at the PBX. */
  get hungUpBy(): 'first' | 'second' | undefined {
    return this.#hungUpBy;
  }

  /** Ends the call at whatever point it is. The first cause stands. */
  hangUp(cause: Cause, by?: 'first' | 'second'): void {
    if (this.#hangupCause === undefined) this.#hungUpBy = by;
    this.#hangupCause ??= cause;
    this.#wake?.();
  }

  /** Waits; false as soon as the call was hung up. */
  async wait(ms: number): Promise<boolean> {
    if (this.#hangupCause === undefined && ms > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const cancel = this.#timers.after(ms, resolve);
      this.#wake = resolve;
      await promise;
      cancel();
      this.#wake = undefined;
    }
    return this.#hangupCause === undefined;
  }
}
