import { STATUS_CODES } from 'node:http';
import { causeOfSip, causeText, dialStatusOf } from '../causes.ts';
import { dialplanHas, findNumber } from '../numbers.ts';
import { farEnds, tellPhone, tellPhoneDial } from './behind.ts';
import type { AriChannel, Behind } from './channel.ts';
import type { AriExchange } from './exchange.ts';
import { RING_DELAY_MS, type Ringing } from './ringing.ts';

/** For so long a dialplan that comes to its end plays busy or congestion, where its Dial came to that. */
const TONE_MS = 10_000;
const WORDS: Readonly<Record<number, string>> = {
  480: 'Temporarily Unavailable',
  486: 'Busy Here',
  487: 'Request Terminated',
  603: 'Decline',
};

/** As the dialplan `exten => _1XX,1,Dial(PJSIP/${EXTEN},60)` does, and Asterisk after its last line. */
export function ringThroughDialplan(
  exchange: AriExchange,
  channel: AriChannel,
  behind: Behind,
  ringing: Ringing,
): void {
  const { number, context } = channel.target;
  const { isOriginated } = channel;
  const phone = findNumber(number)?.phone;
  if (!dialplanHas(context, number) || phone === undefined) {
    exchange.destroy(channel, { cause: isOriginated ? 0 : 16 });
    return ringing.failed();
  }
  exchange.tellDial(channel, '');
  if (phone.does === 'absent') return endDial(exchange, channel, behind, 3, ringing);
  tellPhoneDial(exchange, channel, '');
  exchange.later(channel, Math.min(RING_DELAY_MS, ringing.timeoutMs), () => {
    behind.phone.state = 'Ringing';
    exchange.notePhone(channel, behind.phone.name, { ast: 'Normal Clearing', tech: 'SIP 180 Ringing' });
    exchange.witness.rang(channel, ringing.originator);
    exchange.setState(channel, 'Ringing');
    tellPhoneDial(exchange, channel, 'RINGING');
    exchange.tellDial(channel, 'RINGING');
    if (phone.does === 'rings') return;
    exchange.later(channel, phone.afterMs, () => {
      if (phone.does === 'fails') return phoneRefuses(exchange, channel, behind, phone.sip, ringing);
      behind.phone.state = 'Up';
      behind.far.state = 'Up';
      exchange.notePhone(channel, behind.phone.name, { ast: 'Normal Clearing', tech: 'SIP 200 OK' });
      tellPhoneDial(exchange, channel, 'ANSWER');
      exchange.setState(channel, 'Up');
      exchange.tellDial(channel, 'ANSWER');
      if (phone.leavesMs !== undefined)
        exchange.later(channel, phone.leavesMs, () => exchange.phoneHangsUp(channel));
      ringing.answered();
    });
  });
}

function phoneRefuses(
  exchange: AriExchange,
  channel: AriChannel,
  behind: Behind,
  sip: number,
  ringing: Ringing,
): void {
  const cause = causeOfSip(sip);
  const tech = `SIP ${sip} ${WORDS[sip] ?? STATUS_CODES[sip] ?? ''}`.trim();
  exchange.notePhone(channel, behind.phone.name, { ast: causeText(cause), tech });
  behind.refusal = { cause, tech_cause: sip };
  tellPhone(exchange, channel, 'ChannelHangupRequest', behind.refusal);
  tellPhoneDial(exchange, channel, dialStatusOf(cause));
  behind.phone.state = 'Down';
  endDial(exchange, channel, behind, cause, ringing);
}

/** `Dial` is over: the dialplan ends with NOANSWER, and plays a tone to any other status before it does. */
function endDial(
  exchange: AriExchange,
  channel: AriChannel,
  behind: Behind,
  cause: number,
  ringing: Ringing,
): void {
  behind.dialStatus = statusOf(cause);
  if (behind.dialStatus === 'NOANSWER') {
    farEnds(exchange, channel, cause);
    return ringing.failed();
  }
  const isBusy = behind.dialStatus === 'BUSY';
  behind.far.state = 'Busy';
  behind.cause = isBusy ? 17 : 34;
  exchange.tellDial(channel, isBusy ? 'BUSY' : 'CONGESTION');
  // Who originated it gives up at the tone; in an application's hands it goes on.
  if (channel.isOriginated) exchange.destroy(channel, { cause: 0 });
  else exchange.later(channel, TONE_MS, () => farEnds(exchange, channel, isBusy ? 17 : 34));
  ringing.failed();
}

/** `DIALSTATUS` (apps/app_dial.c). */
function statusOf(cause: number): string {
  if (cause === 17) return 'BUSY';
  if (cause === 34) return 'CONGESTION';
  return cause === 19 ? 'NOANSWER' : 'CHANUNAVAIL';
}
