import { type Channel, parseParty } from './channel.ts';
import { findEndpoint } from '../endpoints.ts';
import { channelEvent, dialEvent, newCallerid } from './events.ts';
import type { Bridge } from './events.ts';
import { display, type LiveCall } from './live-call.ts';
import { ringLocal, takeAccount } from './ring-local.ts';
import { type Answering, ringPhone } from './ring-phone.ts';

/** An answered first leg: the channel that runs the order's second part, and what lies behind a Local one. */
export interface FirstLeg {
  readonly channel: Channel;
  readonly behind: Bridge | undefined;
  readonly row: Answering;
}

/** Rings the first number; undefined where it did not answer, after everything about that was told. */
export async function ringFirst(call: LiveCall): Promise<FirstLeg | undefined> {
  const { first } = call.order;
  if (first.tech === 'none') return neverBegan(call);
  if (first.tech === 'PJSIP' && findEndpoint(first.number) === undefined) return neverBegan(call);
  const leg = first.tech === 'Local' ? await throughDialplan(call) : await straight(call);
  if (leg === undefined) return undefined;
  call.tell(4, leg.channel);
  return leg;
}

/** No such phone, or none registered: the verdict is the only sign of life. */
function neverBegan(call: LiveCall): undefined {
  call.tell(0);
}

async function straight(call: LiveCall): Promise<FirstLeg | undefined> {
  const { order } = call;
  const end = await ringPhone(call, {
    leg: 'first',
    caller: undefined,
    number: order.first.number,
    uniqueid: order.channelId,
    linkedid: '',
    timeoutMs: order.timeoutMs,
    dress: (phone) => dressFirst(call, phone),
  });
  if (end.how === 'answered') return { channel: end.phone, behind: undefined, row: end.row };
  if (end.how === 'absent') return neverBegan(call);
  if (end.how === 'failed') return endFailed(call, end.phone, end.cause, end.sip);
  if (end.how === 'timeout') return endUnanswered(call, end.phone);
  return endHungUp(call, end.phone);
}

function endUnanswered(call: LiveCall, phone: Channel): undefined {
  call.tell(3);
  call.exchange.hangUp(phone, 19, 480);
  call.seen.cause = 19;
}

function endHungUp(call: LiveCall, phone: Channel): undefined {
  const cause = call.hangupCause ?? 16;
  call.exchange.emit(dialEvent('DialEnd', undefined, phone, ['DialStatus', 'NOANSWER']));
  call.tell(0);
  call.exchange.hangUp(phone, cause);
  call.seen.cause = cause;
}

/**
 * Asterisk tells the verdict and the hangup from two threads, in either order; here congestion is told verdict first
 * and the others hangup first, so that both occur and neither is by chance.
 */
function endFailed(call: LiveCall, phone: Channel, cause: number, sip: number): undefined {
  if (cause === 34) call.tell(0);
  call.exchange.hangUp(phone, cause, sip);
  call.tell(0);
  call.seen.cause = cause;
}

async function throughDialplan(call: LiveCall): Promise<FirstLeg | undefined> {
  const { order } = call;
  const end = await ringLocal(call, {
    leg: 'first',
    caller: undefined,
    number: order.first.number,
    context: order.first.tech === 'Local' ? order.first.context : '',
    uniqueids: [order.channelId, order.otherChannelId],
    linkedid: '',
    timeoutMs: order.timeoutMs,
    dress: (near) => dressFirst(call, near),
  });
  if (end.how === 'answered') return { channel: end.near, behind: end.far, row: end.row };
  end.lastly?.();
  call.seen.cause = end.cause;
  return undefined;
}

/** Variables, account and caller ID of the order, in the order that Asterisk applies them: the header comes last. */
function dressFirst(call: LiveCall, channel: Channel): void {
  const { order, seen } = call;
  // Asterisk keeps the list of variables head first, and so applies the last one first.
  for (const [name, value] of order.variables.toReversed()) {
    const party = parseParty(value);
    if (/^CONNECTEDLINE\(all/i.test(name)) setConnected(call, channel, party);
    else if (/^CALLERID\(all/i.test(name)) setCaller(call, channel, party);
    else channel.variables.set(name.replace(/^__?/, ''), value);
  }
  if (order.account !== '') takeAccount(call, channel, order.account);
  if (order.callerId !== undefined) {
    setCaller(call, channel, order.callerId);
    setConnected(call, channel, order.callerId);
  }
  const [runs, data] = order.runs;
  channel.application = runs?.[0] === 'Application' ? runs[1] : '';
  channel.data = channel.application === '' ? '' : (data?.[1] ?? '');
  seen.channelId = channel.uniqueid;
  seen.account = channel.account;
  seen.callerId = display(channel.caller);
  seen.connectedLine = display(channel.connected);
}

function setCaller(call: LiveCall, channel: Channel, party: Channel['caller']): void {
  channel.caller = party;
  call.exchange.emit(newCallerid(channel));
}

function setConnected(call: LiveCall, channel: Channel, party: Channel['connected']): void {
  channel.connected = party;
  call.exchange.emit(channelEvent('NewConnectedLine', channel));
}
