import type { CallState, EventType, LegState } from '../../contract/call-words.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';
import type { PhoneState } from './cause.ts';
import { dispositionOf, endedBy } from './ending.ts';
import type { Fact, LegFact } from './fact.ts';
import { isOver, legOf, type CallLife, type Leg } from './life.ts';

/** A call's life after a fact, and what the world is to be told of it. */
export interface Transition {
  readonly life: CallLife;
  /** In order; the first has the number `life.told` of before plus one. */
  readonly told: readonly EventType[];
}

/**
 * Takes one fact into a call's life. Pure, and total: any fact may come in any state, twice, late or out of order. What a
 * later fact implies is not made up for earlier ones: a call that was heard to connect without having been heard to ring has
 * no time of ringing.
 * @param at Unix time in microseconds: when we learned of it
 */
export function transition(life: CallLife, fact: Fact, at: number): Transition {
  if (isOver(life)) return afterEnd(life, fact, at);
  switch (fact.type) {
    case 'leg':
      return legMoved(life, fact, at);
    case 'connected':
      return moved({ ...life, connectedAt: life.connectedAt ?? at }, 'connected', 'call.connected');
    case 'accepted':
      if (life.acceptedAt !== undefined) return { life, told: [] };
      return tell({ ...life, acceptedAt: at }, 'call.accepted');
    case 'in_doubt':
      return tell({ ...life, problem: fact.problem }, 'call.in_doubt');
    case 'refused':
      return over(withPhone({ ...life, problem: fact.problem }), 'ended', at);
    case 'hang_up_asked':
      return { life: { ...life, hangUpAt: life.hangUpAt ?? at }, told: [] };
    case 'hang_up_failed': {
      const { hangUpAt: _, ...others } = life;
      return { life: others, told: [] };
    }
    case 'missed':
      return { life: { ...life, missedAt: life.missedAt ?? at }, told: [] };
    case 'ended':
      return over(withFirstCause(life, fact, at), 'ended', at);
    case 'gone':
      return over({ ...life, isFound: true }, 'ended', at);
    case 'untold':
      return over({ ...life, untold: fact.why }, 'unknown', at);
  }
}

const LEG_ORDER: readonly LegState[] = ['planned', 'asked', 'ringing', 'answered', 'ended'];

function legMoved(life: CallLife, fact: LegFact, at: number): Transition {
  const leg = movedLeg(legOf(life, fact.side), fact, at);
  const legs = fact.side === 'first' ? ([leg, life.legs[1]] as const) : ([life.legs[0], leg] as const);
  const next = { ...life, legs };
  if (leg.state === 'ended' || fact.happened === 'asked' || fact.happened === 'hung_up')
    return { life: next, told: [] };
  if (fact.happened === 'ringing')
    return fact.side === 'first'
      ? moved(next, 'ringing_first', 'call.ringing_first')
      : moved(next, 'ringing_second', 'call.ringing_second');
  return fact.side === 'first'
    ? moved(next, 'answered_first', 'call.answered_first')
    : { life: next, told: [] };
}

/**
 * The first time of each thing counts: several phones may ring for one leg. A leg that has ended stays so, unless it came to
 * nothing and the PBX asks another phone or trunk for it.
 */
function movedLeg(leg: Leg, { happened, cause }: LegFact, at: number): Leg {
  if (leg.state === 'ended' && happened === 'asked' && leg.answeredAt === undefined)
    return askedAgain(leg, at);
  if (leg.state === 'ended') return leg.cause === undefined && cause !== undefined ? { ...leg, cause } : leg;
  if (happened === 'hung_up') return { ...leg, hungUpAt: leg.hungUpAt ?? at };
  const state = LEG_ORDER.indexOf(happened) > LEG_ORDER.indexOf(leg.state) ? happened : leg.state;
  const time = (
    { asked: 'askedAt', ringing: 'ringingAt', answered: 'answeredAt', ended: 'endedAt' } as const
  )[happened];
  const timed = leg[time] === undefined ? { ...leg, state, [time]: at } : { ...leg, state };
  return cause === undefined ? timed : { ...timed, cause };
}

/** What came of the attempt before is its own, and no longer the leg's. */
function askedAgain({ side, askedAt, ringingAt, hungUpAt }: Leg, at: number): Leg {
  return {
    side,
    state: 'asked',
    askedAt: askedAt ?? at,
    ...(ringingAt === undefined ? {} : { ringingAt }),
    ...(hungUpAt === undefined ? {} : { hungUpAt }),
  };
}

const STATE_ORDER: readonly CallState[] = [
  'originating',
  'ringing_first',
  'answered_first',
  'ringing_second',
  'connected',
];

/** Forward only, and each state is told once. */
function moved(life: CallLife, state: CallState, event: EventType): Transition {
  if (STATE_ORDER.indexOf(state) <= STATE_ORDER.indexOf(life.state)) return { life, told: [] };
  return tell({ ...life, state }, event);
}

function tell(life: CallLife, event: EventType): Transition {
  return { life: { ...life, told: life.told + 1 }, told: [event] };
}

function over(life: CallLife, state: 'ended' | 'unknown', at: number): Transition {
  const legs = life.legs.map((leg) => endedLeg(leg, state, at)) as [Leg, Leg];
  const ended = { ...life, state, legs, ...(state === 'ended' ? { endedAt: at } : {}) };
  return tell({ ...ended, disposition: dispositionOf(ended), endedBy: endedBy(ended) }, 'call.ended');
}

/** A leg whose own end was not told is over with its call; one that was never asked for stays planned. */
function endedLeg(leg: Leg, state: 'ended' | 'unknown', at: number): Leg {
  if (state === 'unknown' || leg.state === 'planned' || leg.state === 'ended') return leg;
  return { ...leg, state: 'ended', endedAt: at };
}

/** A PBX that looks for the first phone before it takes the order says of it what others say of the leg. */
function withPhone(life: CallLife): CallLife {
  const { problem, legs } = life;
  const phone = PHONES[problem?.code ?? 'internal'];
  if (problem === undefined || phone === undefined) return life;
  const cause = { text: problem.said, means: 'unavailable', phone } as const;
  return { ...life, legs: [{ ...legs[0], cause }, legs[1]] };
}

const PHONES: Partial<Readonly<Record<ErrorCode, PhoneState>>> = {
  phone_unregistered: 'unregistered',
  phone_unknown: 'no_such_phone',
};

function withFirstCause(life: CallLife, { cause }: Extract<Fact, { type: 'ended' }>, at: number): CallLife {
  const [first, second] = life.legs;
  if (cause === undefined || first.cause !== undefined) return life;
  return { ...life, legs: [{ ...first, state: 'ended', endedAt: first.endedAt ?? at, cause }, second] };
}

/**
 * What comes after the end changes nothing that was told, but for the PBX's answer to an order, which may be slower than
 * its call.
 */
function afterEnd(life: CallLife, fact: Fact, at: number): Transition {
  if (fact.type === 'accepted' && life.acceptedAt === undefined)
    return { life: { ...life, acceptedAt: at }, told: [] };
  return { life, told: [] };
}
