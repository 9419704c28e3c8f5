import { type Channel, NOBODY } from './channel.ts';
import { channelEvent, dialEvent, hangupEvent, localBridge, newAccountCode, newCallerid } from './events.ts';
import type { Bridge } from './events.ts';
import type { LiveCall } from './live-call.ts';
import { dialplanHas } from '../numbers.ts';
import { type Answering, type PhoneEnd, ringPhone } from './ring-phone.ts';

/**
 * How the ringing of a number through the dialplan ended. Only an answered one leaves channels behind: `near`, the
 * half that the caller talks to, and the bridge of the other half and the phone.
 */
export type LocalEnd =
  | { readonly how: 'answered'; readonly near: Channel; readonly far: Bridge; readonly row: Answering }
  /** `cause` is what the caller's own channel ends with. `lastly`: what is told only after that. */
  | { readonly how: 'ended'; readonly cause: number; readonly lastly?: () => void };

export interface LocalRing {
  readonly leg: 'first' | 'second';
  readonly caller: Channel | undefined;
  readonly number: string;
  readonly context: string;
  /** Of the first half and the second; '' where nobody chose them. */
  readonly uniqueids: readonly [string, string];
  readonly linkedid: string;
  readonly timeoutMs: number;
  /** Puts names and numbers on the near half, and tells of it. */
  readonly dress: (near: Channel) => void;
}

const BUSY = 17;
const NO_ANSWER = 19;
const CONGESTION = 34;

interface Halves {
  readonly one: Channel;
  readonly two: Channel;
}

/**
 * Rings `number` of `context` through a Local channel with `/n`: two halves, of which the second runs the dialplan that
 * dials the phone. The order of events is that of an Asterisk 22.10.1 in the lab.
 */
export async function ringLocal(call: LiveCall, ring: LocalRing): Promise<LocalEnd> {
  const halves = addHalves(call, ring);
  const { exchange } = call;
  if (!dialplanHas(ring.context, ring.number)) return noSuchExtension(call, halves);
  exchange.emit(localBridge(halves.one, halves.two, ring.context, ring.number));
  const dialled = `${ring.number}@${ring.context}/n`;
  exchange.emit(dialEvent('DialBegin', ring.caller, halves.one, ['DialString', dialled]));
  const end = await ringPhone(call, {
    leg: ring.leg,
    caller: halves.two,
    number: ring.number,
    uniqueid: '',
    linkedid: halves.one.linkedid,
    timeoutMs: ring.timeoutMs,
    dress: (phone) => dressDialled(call, phone, halves.two, ring.number),
    onRinging: (phone) => passRingingOn(call, ring, halves.one, phone),
  });
  if (end.how === 'answered') return answered(call, ring, halves, end);
  if (end.how === 'absent') return failed(call, ring, halves, undefined);
  if (end.how === 'failed') return failed(call, ring, halves, end);
  const timeoutCause = ring.caller === undefined ? 19 : 0;
  return givenUp(call, ring, halves, end.phone, call.hangupCause ?? timeoutCause);
}

function addHalves(call: LiveCall, ring: LocalRing): Halves {
  const { exchange } = call;
  const name = exchange.newLocalName(ring.number, ring.context);
  const common = {
    type: 'Local',
    caller: NOBODY,
    account: '',
    context: ring.context,
    exten: ring.number,
  } as const;
  const [id, other] = ring.uniqueids;
  const one = exchange.add({
    ...common,
    name: `${name};1`,
    uniqueid: id,
    linkedid: ring.linkedid,
    state: 'Down',
  });
  const otherId = other === '' && id !== '' ? `${id};2` : other;
  const two = exchange.add({
    ...common,
    name: `${name};2`,
    uniqueid: otherId,
    linkedid: one.linkedid,
    state: 'Ring',
  });
  call.own(one);
  call.own(two);
  ring.dress(one);
  become(call, two, { caller: one.connected, connected: one.caller, account: one.account });
  return { one, two };
}

/** Gives a half its names and numbers; told of as Asterisk does, in three events of which each shows all. */
export function become(
  call: LiveCall,
  half: Channel,
  identity: Pick<Channel, 'caller' | 'connected' | 'account'>,
): void {
  const before = half.account;
  Object.assign(half, identity);
  call.exchange.emit(newCallerid(half));
  if (half.account !== before) call.exchange.emit(newAccountCode(half, before));
  call.exchange.emit(channelEvent('NewConnectedLine', half));
}

/** A phone that `caller` dials shows who calls, and carries the caller's account code. */
export function dressDialled(call: LiveCall, phone: Channel, caller: Channel, exten: string): void {
  phone.exten = exten;
  phone.connected = caller.caller;
  if (caller.account !== '') takeAccount(call, phone, caller.account);
  call.exchange.emit(channelEvent('NewConnectedLine', phone));
}

export function takeAccount(call: LiveCall, channel: Channel, account: string): void {
  const before = channel.account;
  channel.account = account;
  if (before !== account) call.exchange.emit(newAccountCode(channel, before));
}

/** The near half takes the phone's identity: this is how a first leg's caller ID gets lost (protocols, A.9). */
function passRingingOn(call: LiveCall, ring: LocalRing, one: Channel, phone: Channel): void {
  const { exchange } = call;
  if (ring.caller !== undefined) {
    ring.caller.connected = phone.caller;
    exchange.emit(channelEvent('NewConnectedLine', ring.caller));
  }
  one.caller = phone.caller;
  exchange.setState(one, 'Ringing');
  exchange.emit(newCallerid(one));
  exchange.emit(dialEvent('DialState', ring.caller, one, ['DialStatus', 'RINGING']));
}

function answered(
  call: LiveCall,
  ring: LocalRing,
  { one, two }: Halves,
  end: Extract<PhoneEnd, { how: 'answered' }>,
): LocalEnd {
  const { exchange } = call;
  exchange.setState(two, 'Up');
  exchange.setState(one, 'Up');
  if (ring.caller !== undefined) one.exten = '';
  exchange.emit(dialEvent('DialEnd', ring.caller, one, ['DialStatus', 'ANSWER']));
  return { how: 'answered', near: one, far: exchange.join(end.phone, two), row: end.row };
}

type Failure = Extract<PhoneEnd, { how: 'failed' }>;

/**
 * The phone refused, or there is none, and the dialplan ends after its `Dial`: Asterisk then plays busy or congestion by
 * itself (`autofallthrough`), whatever the phone said, and the caller's channel ends without a cause. Only a phone that
 * says nothing but "no answer" lets the dialplan end with its own cause.
 */
function failed(call: LiveCall, ring: LocalRing, halves: Halves, end: Failure | undefined): LocalEnd {
  if (end?.cause === NO_ANSWER) return endedUnanswered(call, ring, halves, end);
  const { exchange } = call;
  const { one, two } = halves;
  const isBusy = end?.cause === BUSY;
  const hangUpPhone = () => end !== undefined && exchange.hangUp(end.phone, end.cause, end.sip);
  exchange.setState(two, 'Busy');
  if (isBusy) hangUpPhone();
  exchange.emit(dialEvent('DialEnd', ring.caller, one, ['DialStatus', isBusy ? 'BUSY' : 'CONGESTION']));
  if (ring.caller === undefined) call.tell(isBusy ? 5 : 8);
  exchange.emit(hangupEvent('HangupRequest', two, 0));
  exchange.hangUp(one, 0);
  exchange.emit(hangupEvent('SoftHangupRequest', two, 16));
  exchange.hangUp(two, isBusy ? BUSY : CONGESTION);
  // Asterisk tells the two ends from two threads, in either order; here a busy phone's comes first and the others' last.
  return { how: 'ended', cause: 0, ...(isBusy ? {} : { lastly: hangUpPhone }) };
}

function endedUnanswered(call: LiveCall, ring: LocalRing, { one, two }: Halves, end: Failure): LocalEnd {
  const { exchange } = call;
  exchange.emit(hangupEvent('SoftHangupRequest', two, 16));
  exchange.emit(hangupEvent('HangupRequest', one, NO_ANSWER));
  exchange.hangUp(two, NO_ANSWER);
  exchange.emit(dialEvent('DialEnd', ring.caller, one, ['DialStatus', 'NOANSWER']));
  if (ring.caller === undefined) call.tell(3);
  exchange.hangUp(one, NO_ANSWER);
  exchange.hangUp(end.phone, NO_ANSWER, end.sip);
  return { how: 'ended', cause: NO_ANSWER };
}

function noSuchExtension(call: LiveCall, { one, two }: Halves): LocalEnd {
  if (one.linkedid === one.uniqueid) call.tell(0);
  call.exchange.hangUp(two, 0);
  call.exchange.hangUp(one, 0);
  return { how: 'ended', cause: 0 };
}

/** Somebody stopped waiting: the caller's timeout (cause 0 for a second leg, 19 for a first), or a hangup. */
function givenUp(
  call: LiveCall,
  ring: LocalRing,
  { one, two }: Halves,
  phone: Channel,
  cause: number,
): LocalEnd {
  const { exchange } = call;
  const isHangup = call.hangupCause !== undefined;
  if (ring.caller !== undefined) {
    exchange.emit(dialEvent('DialEnd', ring.caller, one, ['DialStatus', isHangup ? 'CANCEL' : 'NOANSWER']));
  }
  exchange.emit(hangupEvent('HangupRequest', two, cause));
  if (ring.caller !== undefined) exchange.hangUp(one, cause);
  exchange.emit(dialEvent('DialEnd', two, phone, ['DialStatus', 'CANCEL']));
  exchange.emit(hangupEvent('SoftHangupRequest', two, 16));
  exchange.hangUp(two, cause);
  if (ring.caller === undefined) {
    call.tell(isHangup ? 0 : 3);
    exchange.hangUp(one, cause);
  }
  const lastly = () => exchange.hangUp(phone, cause || 16, cause === NO_ANSWER ? 480 : undefined);
  // Whoever left by itself has no cause of its own.
  return { how: 'ended', cause: call.hasFirstLeft ? 0 : cause, lastly };
}
