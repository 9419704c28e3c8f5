import type { Channel, Party } from './channel.ts';
import { originateResponse } from './events.ts';
import type { Exchange } from './exchange.ts';
import type { Order } from './order.ts';

/** What the sandbox itself saw of a call: a witness that did not hear it from the service under test. */
export interface SandboxCall {
  readonly channelId: string;
  readonly first: string;
  /** The number that the first channel dials after its answer; '' where it dials none. */
  readonly second: string;
  /** What the second phone shows, or would show, as `"Name" <number>`. */
  readonly callerId: string;
  /** What the first phone shows, in the same form. */
  readonly connectedLine: string;
  readonly account: string;
  /** The context that the second number is dialled in. */
  readonly context: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly state: 'queued' | 'ringing_first' | 'ringing_second' | 'connected' | 'ended';
  /** Q.850 cause that the first channel ended with; undefined while it lives, and where there never was one. */
  readonly cause: number | undefined;
  /** How often each phone began to ring. */
  readonly rang: { readonly first: number; readonly second: number };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** One call from its order to its last hangup: what both legs' players share. */
export class LiveCall {
  readonly exchange: Exchange;
  readonly order: Order;
  readonly seen: Writable<Omit<SandboxCall, 'rang'>> & { rang: { first: number; second: number } };
  /** The first leg's fate was told. */
  readonly decided: Promise<boolean>;
  readonly #decide: (answered: boolean) => void;
  #told = false;
  #wake: (() => void) | undefined;
  #hangupCause: number | undefined;
  #channels = new Set<Channel>();

  constructor(exchange: Exchange, order: Order) {
    this.exchange = exchange;
    this.order = order;
    const decided = Promise.withResolvers<boolean>();
    this.decided = decided.promise;
    this.#decide = decided.resolve;
    this.seen = {
      channelId: order.channelId,
      first: order.first.number,
      second: order.second.does === 'dial' ? order.second.target.number : '',
      callerId: '',
      connectedLine: '',
      account: order.account,
      context: order.context,
      variables: Object.fromEntries(order.variables),
      state: 'queued',
      cause: undefined,
      rang: { first: 0, second: 0 },
    };
  }

  /** The cause that somebody ended this call with, or undefined: nobody has. */
  get hangupCause(): number | undefined {
    return this.#hangupCause;
  }

  /** Makes a channel one of this call's: hanging it up ends the call. */
  own(channel: Channel): Channel {
    this.#channels.add(channel);
    return channel;
  }

  owns(channel: Channel): boolean {
    return this.#channels.has(channel);
  }

  /** Ends the call at whatever point it is. The first cause stands. */
  hangUp(cause: number): void {
    this.#hangupCause ??= cause;
    this.#wake?.();
  }

  /** Waits; false as soon as the call was hung up. */
  async wait(ms: number): Promise<boolean> {
    if (this.#hangupCause === undefined && ms > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const cancel = this.exchange.timers.after(ms, resolve);
      this.#wake = resolve;
      await promise;
      cancel();
      this.#wake = undefined;
    }
    return this.#hangupCause === undefined;
  }

  /** Tells the verdict on the first leg, once. `channel` only where it was answered. */
  tell(reason: 0 | 3 | 4, channel?: Channel): void {
    if (this.#told) return;
    this.#told = true;
    this.exchange.emit(
      originateResponse({
        actionId: this.order.actionId,
        response: channel === undefined ? 'Failure' : 'Success',
        channel: channel?.name ?? this.order.channel,
        runs: this.order.runs,
        reason,
        uniqueid: channel?.uniqueid ?? (this.order.channelId || '<null>'),
      }),
    );
    this.#decide(channel !== undefined);
  }
}

/** `"Name" <number>`, as a display would have it. */
export function display(party: Party): string {
  return party.name === '<unknown>' ? `<${party.number}>` : `"${party.name}" <${party.number}>`;
}
