import { causeOfSip, dialStatusOf } from '../causes.ts';
import { type Channel, NOBODY } from './channel.ts';
import { findEndpoint } from '../endpoints.ts';
import { channelEvent, dialEvent, hangupEvent } from './events.ts';
import { display, type LiveCall } from './live-call.ts';
import { type Behaviour, findNumber } from '../numbers.ts';

/** How the ringing of one phone ended. Its channel lives until whoever asked hangs it up. */
export type PhoneEnd =
  | { readonly how: 'answered'; readonly phone: Channel; readonly row: Answering }
  /** The phone's own doing; `DialEnd` was told. */
  | { readonly how: 'failed'; readonly phone: Channel; readonly cause: number; readonly sip: number }
  | { readonly how: 'timeout'; readonly phone: Channel }
  | { readonly how: 'hungup'; readonly phone: Channel }
  | { readonly how: 'absent' };

export type Answering = Extract<Behaviour, { does: 'answers' }>;

export interface PhoneRing {
  readonly leg: 'first' | 'second';
  readonly caller: Channel | undefined;
  readonly number: string;
  /** '' unless this is the call's first channel. */
  readonly uniqueid: string;
  readonly linkedid: string;
  readonly timeoutMs: number;
  /** Puts names and numbers on the new channel, and tells of it. */
  readonly dress: (phone: Channel) => void;
  /** What else begins to ring with it, before `DialState`. */
  readonly onRinging?: (phone: Channel) => void;
}

/** From the order to the first ringing, in milliseconds. */
const RING_DELAY_MS = 50;

/** Rings one phone until it answers, refuses, or the time is up. */
export async function ringPhone(call: LiveCall, ring: PhoneRing): Promise<PhoneEnd> {
  const behaviour = findNumber(ring.number)?.phone;
  if (behaviour === undefined || behaviour.does === 'absent') return { how: 'absent' };
  const { exchange } = call;
  const phone = call.own(exchange.add(newPhone(call, ring)));
  ring.dress(phone);
  exchange.emit(dialEvent('DialBegin', ring.caller, phone, ['DialString', ring.number]));

  if (!(await call.wait(Math.min(RING_DELAY_MS, ring.timeoutMs)))) return { how: 'hungup', phone };
  beginRinging(call, ring, phone);

  const ringsMs = behaviour.does === 'rings' ? Infinity : behaviour.afterMs;
  const left = ring.timeoutMs - RING_DELAY_MS;
  if (!(await call.wait(Math.min(ringsMs, left)))) return { how: 'hungup', phone };
  if (ringsMs > left || behaviour.does === 'rings') return { how: 'timeout', phone };

  if (behaviour.does === 'fails') return fail(call, ring, phone, behaviour.sip);
  exchange.setState(phone, 'Up');
  // A dialled channel leaves its extension behind when it is answered; so it does in Asterisk.
  if (ring.caller !== undefined) phone.exten = '';
  exchange.emit(dialEvent('DialEnd', ring.caller, phone, ['DialStatus', 'ANSWER']));
  return { how: 'answered', phone, row: behaviour };
}

function newPhone(call: LiveCall, ring: PhoneRing) {
  const endpoint = findEndpoint(ring.number);
  return {
    type: 'PJSIP',
    // What is no extension leaves by the trunk.
    name: call.exchange.newPhoneName(endpoint?.id ?? 'carrier'),
    uniqueid: ring.uniqueid,
    linkedid: ring.linkedid,
    state: 'Down',
    caller: { name: endpoint?.name ?? NOBODY.name, number: ring.number },
    account: endpoint?.accountCode ?? '',
    context: endpoint?.context ?? 'from-carrier',
    exten: 's',
  } as const;
}

function beginRinging(call: LiveCall, ring: PhoneRing, phone: Channel): void {
  const { exchange, seen } = call;
  seen.rang[ring.leg] += 1;
  seen.state = ring.leg === 'first' ? 'ringing_first' : 'ringing_second';
  if (ring.leg === 'first') seen.connectedLine = display(phone.connected);
  else seen.callerId = display(phone.connected);
  exchange.setState(phone, 'Ringing');
  if (ring.caller !== undefined) {
    ring.caller.connected = phone.caller;
    exchange.emit(channelEvent('NewConnectedLine', ring.caller));
  }
  ring.onRinging?.(phone);
  exchange.emit(dialEvent('DialState', ring.caller, phone, ['DialStatus', 'RINGING']));
}

function fail(call: LiveCall, ring: PhoneRing, phone: Channel, sip: number): PhoneEnd {
  const cause = causeOfSip(sip);
  call.exchange.emit(hangupEvent('HangupRequest', phone, cause, sip));
  call.exchange.emit(dialEvent('DialEnd', ring.caller, phone, ['DialStatus', dialStatusOf(cause)]));
  return { how: 'failed', phone, cause, sip };
}
