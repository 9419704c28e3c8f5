import { causeOfSip, dialStatusOf } from '../causes.ts';
import { dialplanHas, findNumber } from '../numbers.ts';
import { snapshot, type AriChannel } from './channel.ts';
import type { AriExchange } from './exchange.ts';

/** From the order to the first ringing, in milliseconds. */
const RING_DELAY_MS = 50;

export interface Ringing {
  readonly timeoutMs: number;
  /** The channel whose call this is the second leg of. */
  readonly originator: string | undefined;
  readonly answered: () => void;
  /** It came to nothing before the time was up, with this cause. */
  readonly failed: (cause: number) => void;
}

/** Rings what a channel leads to, until it answers, fails, or the time is up. The events are those of 22.10.1. */
export function ring(exchange: AriExchange, channel: AriChannel, ringing: Ringing): void {
  const { tech, number, context } = channel.target;
  const phone = findNumber(number)?.phone;
  if (tech === 'Local' && !dialplanHas(context, number)) return exchange.destroy(channel, 0);
  const news = (dialstatus: string) =>
    exchange.apps.tell(channel.app, 'Dial', {
      peer: snapshot(channel),
      dialstatus,
      forward: '',
      dialstring: number,
    });
  const give = (cause: number) => {
    news(dialStatusOf(cause));
    ringing.failed(cause);
  };
  news('');
  exchange.later(channel, ringing.timeoutMs, () => {
    if (channel.state !== 'Up') exchange.destroy(channel, 19);
  });
  if (phone === undefined || phone.does === 'absent') return give(3);
  exchange.later(channel, Math.min(RING_DELAY_MS, ringing.timeoutMs), () => {
    exchange.witness.rang(channel, ringing.originator);
    exchange.setState(channel, 'Ringing');
    news('RINGING');
    if (phone.does === 'rings') return;
    exchange.later(channel, phone.afterMs, () => {
      if (phone.does === 'fails') return give(causeOfSip(phone.sip));
      exchange.setState(channel, 'Up');
      news('ANSWER');
      if (phone.leavesMs !== undefined)
        exchange.later(channel, phone.leavesMs, () => exchange.destroy(channel, 16));
      ringing.answered();
    });
  });
}
