import { type Behaviour, findNumber } from '../numbers.ts';
import { type Cause, causeOfSip } from './causes.ts';
import type { Channel } from './channel.ts';
import type { Ending } from './exchange.ts';
import { answerLeg, endLeg, type Leg } from './leg.ts';
import { display, type LiveCall } from './live-call.ts';

export type Answering = Extract<Behaviour, { does: 'answers' }>;

/** How the ringing of one side ended. A side that did not answer is gone, and its end was told. */
export type RingEnd =
  | { readonly answered: true; readonly leg: Leg; readonly row: Answering }
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
  /** Called where the call ends while it rings. */
  readonly givenUp?: () => void;
}

/** From the channel to the first ringing, in milliseconds. */
const RING_DELAY_MS = 50;

/** Rings one phone until it answers, refuses, or the time is up. */
export async function ringPhone(call: LiveCall, ring: Ring): Promise<RingEnd> {
  const behaviour = findNumber(ring.number)?.phone;
  if (behaviour === undefined || behaviour.does === 'absent')
    return { answered: false, cause: 'USER_NOT_REGISTERED' };
  const { exchange } = call;
  const leg = addLeg(call, ring);
  const giveUp = (cause: Cause, ending: Ending): RingEnd => {
    endLeg(exchange, leg, cause, ending);
    return { answered: false, cause };
  };
  const given = () => {
    ring.givenUp?.();
    return giveUp(causeOfEnd(call), 'send_cancel');
  };
  if (!(await call.wait(Math.min(RING_DELAY_MS, ring.timeoutMs)))) return given();
  call.seen.rang[ring.leg] += 1;
  call.seen.state = ring.leg === 'first' ? 'ringing_first' : 'ringing_second';
  exchange.ring(leg.phone);
  if (leg.near !== leg.phone) exchange.ring(leg.near);

  const ringsMs = behaviour.does === 'rings' ? Infinity : behaviour.afterMs;
  const left = ring.timeoutMs - RING_DELAY_MS;
  if (!(await call.wait(Math.min(ringsMs, left)))) return given();
  if (behaviour.does === 'rings' || ringsMs > left) return giveUp('NO_ANSWER', 'send_cancel');
  if (behaviour.does === 'fails') return giveUp(causeOfSip(behaviour.sip), { sip: behaviour.sip });
  const isOtherPhones = ring.leg === 'first' && call.otherPhoneWins();
  const winner = isOtherPhones ? anotherPhone(call, ring, leg) : leg;
  answerLeg(exchange, winner);
  if (isOtherPhones) endLeg(exchange, leg, 'LOSE_RACE', 'send_cancel');
  return { answered: true, leg: winner, row: behaviour };
}

/** What the phone that rings is told when the one that had answered leaves. */
function causeOfEnd({ hangupCause, hungUpBy }: LiveCall): Cause {
  return hungUpBy === undefined ? (hangupCause ?? 'NORMAL_CLEARING') : 'ORIGINATOR_CANCEL';
}

function addLeg(call: LiveCall, ring: Ring): Leg {
  const { exchange, seen } = call;
  const near = call.own(exchange.add({ ...ring, name: ring.channelName, destination: ring.number }));
  if (ring.leg === 'first') {
    seen.uuid = near.uuid;
    seen.firstShows = display(near);
  } else seen.callerId = display(near);
  return near.name.startsWith('loopback/')
    ? throughDialplan(call, ring, near)
    : { near, relay: undefined, phone: near };
}

/** A loopback's other half has the variables of the first, and gives those named in `export_vars` to what it calls. */
function throughDialplan(call: LiveCall, ring: Ring, near: Channel): Leg {
  const { exchange } = call;
  const shared = { ...ring, uuid: '', destination: ring.number };
  const relay = exchange.add({
    ...shared,
    name: `loopback/${ring.number}-b`,
    caller: undefined,
    direction: 'inbound',
    variables: [...ring.variables, ['loopback_leg', 'B'], ['other_loopback_leg_uuid', near.uuid]],
  });
  near.variables.set('other_loopback_leg_uuid', relay.uuid);
  const exported = new Set((relay.variables.get('export_vars') ?? '').split(','));
  const phone = exchange.add({
    ...shared,
    name: `sofia/external/${ring.number}`,
    caller: relay,
    variables: ring.variables.filter(([name]) => exported.has(name)),
  });
  return { near, relay: call.own(relay), phone: call.own(phone) };
}

/** The same extension's other phone: a channel of its own, which only the result of the originate names. */
function anotherPhone(call: LiveCall, ring: Ring, loser: Leg): Leg {
  const name = `${loser.near.name}-2`;
  const near = call.own(call.exchange.add({ ...ring, uuid: '', name, destination: ring.number }));
  return { near, relay: undefined, phone: near };
}
