import type { Cause } from './causes.ts';
import type { Directory } from './directory.ts';
import type { Exchange } from './exchange.ts';
import type { FreeswitchFaults } from './faults.ts';
import { type FreeswitchCall, LiveCall } from './live-call.ts';
import type { Order } from './order.ts';
import { playCall } from './play-call.ts';

/** How many calls are remembered, those in progress included. */
const REMEMBERED = 1000;

/** The calls of one sandbox: those in progress, and the last that were. */
export class CallBook {
  readonly #exchange: Exchange;
  readonly #directory: Directory;
  readonly #faults: FreeswitchFaults;
  readonly #playing = new Set<LiveCall>();
  #seen: LiveCall['seen'][] = [];

  constructor(exchange: Exchange, directory: Directory, faults: FreeswitchFaults) {
    this.#faults = faults;
    this.#exchange = exchange;
    this.#directory = directory;
  }

  /** Begins a call; resolves with what `originate` answers. */
  async begin(order: Order): Promise<string> {
    const { beginsLate } = this.#faults;
    if (beginsLate !== undefined)
      await new Promise<void>((resolve) => this.#exchange.timers.after(beginsLate, resolve));
    const call = new LiveCall(
      this.#exchange,
      this.#directory,
      order,
      () => this.#faults.anotherPhoneAnswers === true,
    );
    this.#playing.add(call);
    this.#seen = [...this.#seen, call.seen].slice(-REMEMBERED);
    return new Promise((resolve) => {
      void playCall(call, resolve).finally(() => this.#playing.delete(call));
    });
  }

  /** Resolves when both sides of the call that was ordered with that id talk. */
  talkOf(uuid: string): Promise<void> | undefined {
    return [...this.#playing].find(({ order }) => order.uuid === uuid)?.talk;
  }

  /** Ends the call that a live channel of that id belongs to; false: there is none. */
  kill(uuid: string, cause: Cause): boolean {
    if (!this.#exchange.has(uuid)) return false;
    for (const call of this.#playing) if (call.owns(uuid)) call.hangUp(cause);
    return true;
  }

  /** Ends every call, as if both parties had had enough. */
  endAll(): void {
    for (const call of this.#playing) call.hangUp('NORMAL_CLEARING');
  }

  list(): FreeswitchCall[] {
    return this.#seen.map((seen) => structuredClone(seen));
  }
}
