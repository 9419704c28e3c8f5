import type { Cause } from './causes.ts';
import type { Channel } from './channel.ts';
import type { Directory } from './directory.ts';
import type { Exchange } from './exchange.ts';
import type { Order } from './order.ts';

/** What the sandbox itself saw of a call: a witness that did not hear it from the service under test. */
export interface FreeswitchCall {
  readonly uuid: string;
  readonly first: string;
  /** The number that the first channel was sent on to; '' where it never was. */
  readonly second: string;
  /** What the second phone shows, or would show, as `"Name" <number>`. */
  readonly callerId: string;
  /** What the first phone shows, in the same form. */
  readonly firstShows: string;
  /** The context that the second number is dialled in. */
  readonly context: string;
  /** The first channel's variables, as they were when it was sent on; before that, those of the order. */
  readonly variables: Readonly<Record<string, string>>;
  readonly state: 'queued' | 'ringing_first' | 'ringing_second' | 'connected' | 'ended';
  /** What the first channel ended with; undefined while it lives. */
  readonly cause: Cause | undefined;
  /** How often each phone began to ring. */
  readonly rang: { readonly first: number; readonly second: number };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** One call from its order to its last hang-up. */
export class LiveCall {
  readonly exchange: Exchange;
  readonly directory: Directory;
  readonly order: Order;
  readonly seen: Writable<Omit<FreeswitchCall, 'rang'>> & { rang: { first: number; second: number } };
  readonly #channels = new Set<Channel>();
  #wake: (() => void) | undefined;
  #hangupCause: Cause | undefined;

  readonly otherPhoneWins: () => boolean;

  constructor(exchange: Exchange, directory: Directory, order: Order, otherPhoneWins: () => boolean) {
    this.otherPhoneWins = otherPhoneWins;
    this.exchange = exchange;
    this.directory = directory;
    this.order = order;
    this.seen = {
      uuid: order.uuid,
      first: order.target.number,
      second: '',
      callerId: '',
      firstShows: '',
      context: '',
      variables: Object.fromEntries(order.variables),
      state: 'queued',
      cause: undefined,
      rang: { first: 0, second: 0 },
    };
  }

  /** The cause that somebody ended this call with, or undefined: nobody has. */
  get hangupCause(): Cause | undefined {
    return this.#hangupCause;
  }

  /** Makes a channel one of this call's: killing it ends the call. */
  own(channel: Channel): Channel {
    this.#channels.add(channel);
    return channel;
  }

  owns(uuid: string): boolean {
    return [...this.#channels].some((channel) => channel.uuid === uuid);
  }

  /** Ends the call at whatever point it is. The first cause stands. */
  hangUp(cause: Cause): void {
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
}

export function display(channel: Channel): string {
  return `"${channel.callerName}" <${channel.callerNumber}>`;
}
