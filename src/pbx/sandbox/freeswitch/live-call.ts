import { Interruptible } from '../interruptible.ts';
import type { Noted, SeenCall } from '../seen-call.ts';
import type { Cause } from './causes.ts';
import type { Channel } from './channel.ts';
import type { Directory } from './directory.ts';
import type { Exchange } from './exchange.ts';
import type { Order } from './order.ts';

export interface FreeswitchCall extends SeenCall<Cause> {
  readonly uuid: string;
  /** What the first phone shows, in the form of `callerId`. */
  readonly firstShows: string;
}

/** One call from its order to its last hang-up. */
export class LiveCall extends Interruptible<Cause> {
  readonly exchange: Exchange;
  readonly directory: Directory;
  readonly order: Order;
  readonly otherPhoneWins: () => boolean;
  readonly seen: Noted<FreeswitchCall>;
  readonly #channels = new Set<Channel>();

  constructor(exchange: Exchange, directory: Directory, order: Order, otherPhoneWins: () => boolean) {
    super(exchange.timers);
    this.exchange = exchange;
    this.directory = directory;
    this.order = order;
    this.otherPhoneWins = otherPhoneWins;
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

  /** Makes a channel one of this call's: killing it ends the call. */
  own(channel: Channel): Channel {
    this.#channels.add(channel);
    return channel;
  }

  owns(uuid: string): boolean {
    return [...this.#channels].some((channel) => channel.uuid === uuid);
  }
}

export function display(channel: Channel): string {
  return `"${channel.callerName}" <${channel.callerNumber}>`;
}
