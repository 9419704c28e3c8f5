import type { Cause } from './causes.ts';
import type { Channel } from './channel.ts';
import type { Ending, Exchange } from './exchange.ts';

/** The channels of one side: its phone's, and before it the two halves of a loopback where it was called through one. */
export interface Leg {
  /** What called it knows: the loopback's near half, or the phone's own channel. */
  readonly near: Channel;
  readonly relay: Channel | undefined;
  readonly phone: Channel;
}

export function answerLeg(exchange: Exchange, { near, relay, phone }: Leg): void {
  exchange.answer(phone);
  if (relay === undefined) return;
  exchange.answer(relay);
  exchange.answer(near);
  exchange.bridge(relay, phone);
}

/** Ends a side: from its phone inwards where the phone wants it, else outwards to the phone. */
export function endLeg(exchange: Exchange, { near, relay, phone }: Leg, cause: Cause, ending: Ending): void {
  const isPhones = ending === 'recv_bye' || typeof ending === 'object';
  const chain = [near, relay, phone].filter((each) => each !== undefined);
  for (const channel of new Set(isPhones ? chain.toReversed() : chain))
    exchange.hangUp(channel, cause, channel === phone ? ending : 'send_bye');
}
