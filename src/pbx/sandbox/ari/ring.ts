import { causeOfSip, dialStatusOf } from '../causes.ts';
import { findNumber } from '../numbers.ts';
import type { AriChannel } from './channel.ts';
import type { AriExchange } from './exchange.ts';
import { RING_DELAY_MS, type Ringing } from './ringing.ts';
import { ringThroughDialplan } from './ring-through-dialplan.ts';

/** Rings what a channel leads to, until it answers, fails, or the time is up. The events are those of 22.10.1. */
export function ring(exchange: AriExchange, channel: AriChannel, ringing: Ringing): void {
  exchange.later(channel, ringing.timeoutMs, () => {
    const sip = channel.behind === undefined ? { sip: 480 } : {};
    if (channel.state !== 'Up') exchange.release(channel, { cause: 19, ...sip });
  });
  if (channel.behind === undefined) ringPhone(exchange, channel, ringing);
  else ringThroughDialplan(exchange, channel, channel.behind, ringing);
}

function ringPhone(exchange: AriExchange, channel: AriChannel, ringing: Ringing): void {
  const phone = findNumber(channel.target.number)?.phone;
  exchange.tellDial(channel, '');
  exchange.later(channel, Math.min(RING_DELAY_MS, ringing.timeoutMs), () => {
    exchange.witness.rang(channel, ringing.originator);
    exchange.setState(channel, 'Ringing');
    exchange.tellDial(channel, 'RINGING');
    if (phone === undefined || phone.does === 'rings' || phone.does === 'absent') return;
    exchange.later(channel, phone.afterMs, () => {
      if (phone.does === 'fails') return refuse(exchange, channel, phone.sip, ringing);
      exchange.setState(channel, 'Up');
      exchange.tellDial(channel, 'ANSWER');
      exchange.notePhone(channel, channel.name, { ast: 'Normal Clearing', tech: 'SIP 200 OK' });
      if (phone.leavesMs !== undefined)
        exchange.later(channel, phone.leavesMs, () => exchange.phoneHangsUp(channel));
      ringing.answered();
    });
  });
}

function refuse(exchange: AriExchange, channel: AriChannel, sip: number, { failed }: Ringing): void {
  const cause = causeOfSip(sip);
  exchange.tell(channel, 'ChannelHangupRequest', { cause, tech_cause: sip });
  if (channel.isOriginated) exchange.tellDial(channel, dialStatusOf(cause));
  exchange.destroy(channel, { cause, sip });
  failed();
}
