import { type Behaviour, findNumber } from '../numbers.ts';
import { type Cause, causeOfSip } from './causes.ts';
import type { Channel } from './channel.ts';
import { display, type LiveCall } from './live-call.ts';

export type Answering = Extract<Behaviour, { does: 'answers' }>;

/** How the ringing of one phone ended. A channel that did not answer is gone, and its end was told. */
export type RingEnd =
  | { readonly answered: true; readonly channel: Channel; readonly row: Answering }
  | { readonly answered: false; readonly cause: Cause };

export interface Ring {
  readonly leg: 'first' | 'second';
  readonly caller: Channel | undefined;
  readonly number: string;
  readonly uuid: string;
  readonly channelName: string;
  readonly timeoutMs: number;
  readonly callerName: string;
  readonly callerNumber: string;
  readonly variables: readonly (readonly [name: string, value: string])[];
}

/** From the channel to the first ringing, in milliseconds. */
const RING_DELAY_MS = 50;

/** Rings one phone until it answers, refuses, or the time is up. */
export async function ringPhone(call: LiveCall, ring: Ring): Promise<RingEnd> {
  const behaviour = findNumber(ring.number)?.phone;
  if (behaviour === undefined || behaviour.does === 'absent')
    return { answered: false, cause: 'USER_NOT_REGISTERED' };
  const { exchange } = call;
  const channel = call.own(exchange.add({ ...ring, name: ring.channelName, destination: ring.number }));
  const giveUp = (cause: Cause): RingEnd => {
    exchange.hangUp(channel, cause);
    return { answered: false, cause };
  };
  if (ring.leg === 'first') {
    call.seen.uuid = channel.uuid;
    call.seen.firstShows = display(channel);
  } else call.seen.callerId = display(channel);

  if (!(await call.wait(Math.min(RING_DELAY_MS, ring.timeoutMs))))
    return giveUp(call.hangupCause ?? 'NORMAL_CLEARING');
  call.seen.rang[ring.leg] += 1;
  call.seen.state = ring.leg === 'first' ? 'ringing_first' : 'ringing_second';
  exchange.ring(channel);

  const ringsMs = behaviour.does === 'rings' ? Infinity : behaviour.afterMs;
  const left = ring.timeoutMs - RING_DELAY_MS;
  if (!(await call.wait(Math.min(ringsMs, left)))) return giveUp(call.hangupCause ?? 'NORMAL_CLEARING');
  if (behaviour.does === 'rings' || ringsMs > left) return giveUp('NO_ANSWER');
  if (behaviour.does === 'fails') return giveUp(causeOfSip(behaviour.sip));
  const winner = ring.leg === 'first' && call.otherPhoneWins() ? anotherPhone(call, ring, channel) : channel;
  exchange.answer(winner);
  return { answered: true, channel: winner, row: behaviour };
}

/** The same extension's other phone: a channel of its own, which only the result of the originate names. */
function anotherPhone(call: LiveCall, ring: Ring, loser: Channel): Channel {
  const { exchange } = call;
  const winner = call.own(
    exchange.add({ ...ring, uuid: '', name: `${ring.channelName}-2`, destination: ring.number }),
  );
  exchange.hangUp(loser, 'LOSE_RACE');
  return winner;
}
