import type { Exchange } from './exchange.ts';
import { LiveCall, type SandboxCall } from './live-call.ts';
import { originateResponse } from './events.ts';
import type { Order } from './order.ts';
import { playCall } from './play-call.ts';

/** How many calls are remembered, those in progress included. */
const REMEMBERED = 1000;
const NORMAL_CLEARING = 16;

/** The calls of one sandbox: those in progress, and the last that were. */
export class CallBook {
  readonly #exchange: Exchange;
  readonly #playing = new Set<LiveCall>();
  #seen: LiveCall['seen'][] = [];

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** Begins a call; resolves, true if it answered, when the first leg's fate was told. */
  begin(order: Order): Promise<boolean> {
    if (order.channelId !== '' && this.#exchange.find(order.channelId) !== undefined)
      return this.#refuse(order);
    const call = new LiveCall(this.#exchange, order);
    this.#playing.add(call);
    this.#seen = [...this.#seen, call.seen].slice(-REMEMBERED);
    void playCall(call).finally(() => this.#playing.delete(call));
    return call.decided;
  }

  /** Resolves when both sides of the call that was begun with that channel id talk. */
  talkOf(channelId: string): Promise<void> | undefined {
    return [...this.#playing].find(({ order }) => order.channelId === channelId)?.talk;
  }

  /** Ends the call that owns a live channel of that id. */
  hangUp(channelId: string, cause: number): void {
    const channel = this.#exchange.find(channelId);
    if (channel === undefined) return;
    for (const call of this.#playing) if (call.owns(channel)) call.hangUp(cause);
  }

  /** Ends every call, as if both parties had had enough. */
  hangUpAll(): void {
    for (const call of this.#playing) call.hangUp(NORMAL_CLEARING);
  }

  list(): SandboxCall[] {
    return this.#seen.map((seen) => structuredClone(seen));
  }

  /** An id that lives already: the order fails without a channel of its own. */
  #refuse(order: Order): Promise<boolean> {
    this.#exchange.emit(
      originateResponse({
        actionId: order.actionId,
        response: 'Failure',
        channel: order.channel,
        runs: order.runs,
        reason: 0,
        uniqueid: order.channelId,
      }),
    );
    return Promise.resolve(false);
  }
}
