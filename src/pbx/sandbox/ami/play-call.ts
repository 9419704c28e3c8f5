import { sipOfCause } from '../causes.ts';
import type { Channel } from './channel.ts';
import { findEndpoint } from '../endpoints.ts';
import { type Bridge, bridgeEvent, dialEvent, hangupEvent } from './events.ts';
import { type FirstLeg, ringFirst } from './first-leg.ts';
import type { LiveCall } from './live-call.ts';
import type { Second } from './order.ts';
import { become, dressDialled, ringLocal } from './ring-local.ts';
import { type Answering, ringPhone } from './ring-phone.ts';

/** The second leg while it talks. `chain`: the bridges between the two phones, from the first to the second. */
interface Talk {
  readonly chain: readonly Bridge[];
  readonly row: Answering;
}

/** Plays one order from the first ring to the last hangup. */
export async function playCall(call: LiveCall): Promise<void> {
  const first = await ringFirst(call);
  if (first !== undefined) await playSecond(call, first);
  call.seen.state = 'ended';
}

async function playSecond(call: LiveCall, first: FirstLeg): Promise<void> {
  const { second } = call.order;
  const { leavesMs } = first.row;
  if (leavesMs !== undefined) call.exchange.timers.after(leavesMs, () => firstLeaves(call, first));
  if (second.does !== 'dial') {
    await call.wait(second.does === 'wait' ? second.forMs : 0);
    endFirst(call, first, call.hangupCause ?? 0);
    return;
  }
  const talk =
    second.target.tech === 'Local'
      ? await dialLocal(call, first, second)
      : await dialPhone(call, first, second);
  if (talk !== undefined) await talkAndEnd(call, first, talk);
}

/** The person at the first phone hangs up. Its event has a cause only where both talk. */
function firstLeaves(call: LiveCall, first: FirstLeg): void {
  const phone = first.behind?.members[0] ?? first.channel;
  if (call.hangupCause !== undefined || call.seen.state === 'ended') return;
  const cause = call.seen.state === 'connected' ? 16 : undefined;
  call.exchange.emit(hangupEvent('HangupRequest', phone, cause));
  call.hasFirstLeft = true;
  call.hangUp(16);
}

type Dial = Extract<Second, { does: 'dial' }>;

async function dialLocal(
  call: LiveCall,
  first: FirstLeg,
  { target, timeoutMs }: Dial,
): Promise<Talk | undefined> {
  const caller = first.channel;
  const end = await ringLocal(call, {
    leg: 'second',
    caller,
    number: target.number,
    context: target.tech === 'Local' ? target.context : '',
    uniqueids: ['', ''],
    linkedid: caller.linkedid,
    timeoutMs,
    // The number stays that of the extension that dials, `s`: so it does in Asterisk.
    dress: (near) => {
      near.exten = caller.exten;
      become(call, near, {
        caller: { name: caller.connected.name, number: caller.exten },
        connected: caller.caller,
        account: caller.account,
      });
    },
  });
  if (end.how === 'ended') {
    endFirst(call, first, end.cause);
    end.lastly?.();
    return undefined;
  }
  const middle = call.exchange.join(end.near, caller);
  return { chain: [...behind(first), turned(middle), turned(end.far)], row: end.row };
}

/** The dialplan dials the phone itself: the plain form with Context, Exten and Priority, or `Dial(PJSIP/…)`. */
async function dialPhone(
  call: LiveCall,
  first: FirstLeg,
  { target, timeoutMs }: Dial,
): Promise<Talk | undefined> {
  const { exchange } = call;
  const caller = first.channel;
  const isThere =
    target.tech === 'exten' || (target.tech === 'PJSIP' && findEndpoint(target.number) !== undefined);
  if (!isThere) return endFirst(call, first, 3);
  if (caller.application === '') caller.exten = target.number;
  const end = await ringPhone(call, {
    leg: 'second',
    caller,
    number: target.number,
    uniqueid: '',
    linkedid: caller.linkedid,
    timeoutMs,
    dress: (phone) => dressDialled(call, phone, caller, caller.exten),
  });
  if (end.how === 'answered') {
    return { chain: [...behind(first), turned(exchange.join(end.phone, caller))], row: end.row };
  }
  if (end.how === 'absent') return endFirst(call, first, 3);
  if (end.how === 'failed') {
    exchange.hangUp(end.phone, end.cause, end.sip);
    return endFirst(call, first, end.cause);
  }
  const status = end.how === 'timeout' ? 'NOANSWER' : 'CANCEL';
  exchange.emit(dialEvent('DialEnd', caller, end.phone, ['DialStatus', status]));
  exchange.hangUp(end.phone, 16);
  return endFirst(call, first, call.hangupCause ?? 0);
}

/** Bridges are kept with the first phone's side first; Asterisk lets the dialled side in first. */
function turned(bridge: Bridge): Bridge {
  bridge.members.reverse();
  return bridge;
}

function behind(first: FirstLeg): Bridge[] {
  return first.behind === undefined ? [] : [first.behind];
}

/** How long after the connection a phone hangs up by itself, in milliseconds. */
function leaves(row: Answering): number {
  return Math.min(row.talksMs, row.leavesMs ?? Infinity);
}

/** The shorter talk ends it; with equal ones the second hangs up. */
async function talkAndEnd(call: LiveCall, first: FirstLeg, talk: Talk): Promise<void> {
  call.seen.state = 'connected';
  call.talks();
  const firstHangsUp = leaves(first.row) < leaves(talk.row);
  const undisturbed = await call.wait(Math.min(leaves(first.row), leaves(talk.row)));
  const cause = call.hangupCause ?? 16;
  const fromFirst = !undisturbed || firstHangsUp;
  const last = talk.chain.at(-1)?.members.at(-1);
  const phone = fromFirst ? talk.chain[0]?.members[0] : last;
  if (undisturbed && phone !== undefined) call.exchange.emit(hangupEvent('HangupRequest', phone, cause));
  takeDown(call, talk.chain, fromFirst, cause);
  call.seen.cause = cause;
}

/** Takes one bridge after the other down, from the side that hung up. */
function takeDown(call: LiveCall, chain: readonly Bridge[], fromFirst: boolean, cause: number): void {
  const { exchange } = call;
  const bridges = fromFirst ? chain : chain.toReversed();
  for (const [at, bridge] of bridges.entries()) {
    const [near, far] = fromFirst ? [...bridge.members] : bridge.members.toReversed();
    if (near === undefined || far === undefined) continue;
    exchange.leave(bridge, near);
    exchange.leave(bridge, far);
    const next = bridges[at + 1]?.members.at(fromFirst ? 0 : -1);
    if (next !== undefined) exchange.emit(hangupEvent('HangupRequest', next, cause));
    exchange.hangUp(far, cause);
    exchange.emit(bridgeEvent('BridgeDestroy', bridge));
    exchange.hangUp(near, cause);
  }
}

/** The first channel alone, after a second leg that came to nothing. */
function endFirst(call: LiveCall, first: FirstLeg, cause: number): undefined {
  const { exchange } = call;
  const channel: Channel = first.channel;
  const isHangup = call.hangupCause !== undefined;
  exchange.hangUp(channel, cause, isHangup || channel.type === 'Local' ? undefined : sipOfCause(cause));
  if (first.behind !== undefined) takeDown(call, [first.behind], false, cause);
  call.seen.cause = cause;
}
