import { Interruptible } from '../interruptible.ts';
import type { Noted, SeenCall } from '../seen-call.ts';
import type { Channel, Party } from './channel.ts';
import { originateResponse } from './events.ts';
import type { Exchange } from './exchange.ts';
import type { Order } from './order.ts';

/** `cause`: of Q.850. */
export interface SandboxCall extends SeenCall<number> {
  readonly channelId: string;
  /** What the first phone shows, in the form of `callerId`. */
  readonly connectedLine: string;
  readonly account: string;
}

/** One call from its order to its last hangup: what both legs' players share. */
export class LiveCall extends Interruptible<number> {
  readonly exchange: Exchange;
  readonly order: Order;
  readonly seen: Noted<SandboxCall>;
  /** The first leg's fate was told. */
  readonly decided: Promise<boolean>;
  /** The first side itself hung up, and nobody else ended the call. */
  hasFirstLeft = false;
  readonly #decide: (answered: boolean) => void;
  #told = false;
  #channels = new Set<Channel>();

  constructor(exchange: Exchange, order: Order) {
    super(exchange.timers);
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

  /** Makes a channel one of this call's: hanging it up ends the call. */
  own(channel: Channel): Channel {
    this.#channels.add(channel);
    return channel;
  }

  owns(channel: Channel): boolean {
    return this.#channels.has(channel);
  }

  /** Tells the verdict on the first leg, once. `channel` only where it was answered. */
  tell(reason: 0 | 3 | 4 | 5 | 8, channel?: Channel): void {
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
