import type { Call } from '../../contract/v3/call.ts';
import { rfc3339, rfc3339OrNull } from '../kit/clock.ts';
import type { Cause } from './cause.ts';
import { diagnose } from './diagnose.ts';
import type { CallLife, Leg } from './life.ts';

/** What is known of a call beside its life. */
export interface CallFacts {
  readonly id: string;
  readonly first: string | undefined;
  readonly second: string | undefined;
  readonly dialAs: string | undefined;
  readonly pbxName: string | undefined;
  readonly reference: string | undefined;
  readonly askedAtMicros: number;
}

/** A call as the world sees it: the one form of the resource API, events, webhooks and the command line. */
export function presentCall(call: CallFacts, life: CallLife): Call {
  return {
    id: call.id,
    state: life.state,
    disposition: life.disposition ?? null,
    ended_by: life.endedBy ?? null,
    dial_first: call.first ?? null,
    dial_second: call.second ?? null,
    dial_as: call.dialAs ?? null,
    pbx: call.pbxName ?? null,
    reference: call.reference ?? null,
    legs: life.legs.map((leg) => presentLeg(leg, call, life)),
    asked_at: rfc3339(call.askedAtMicros),
    accepted_at: rfc3339OrNull(life.acceptedAt),
    connected_at: rfc3339OrNull(life.connectedAt),
    ended_at: rfc3339OrNull(life.endedAt),
    duration_seconds: seconds(call.askedAtMicros, endHeard(life)),
    talk_seconds: seconds(life.connectedAt, endHeard(life)),
    problem: life.problem === undefined ? null : { ...life.problem },
    diagnosis: diagnosisOf(call, life),
    last_event: life.told,
  };
}

/** What a call that is over came to; null while it lives. */
export function diagnosisOf(call: CallFacts, life: CallLife): Call['diagnosis'] {
  const { first = 'the first number', second = 'the second number', pbxName } = call;
  return diagnose({ life, first, second, pbxName }) ?? null;
}

/** When it ended; undefined where that was only found out later. */
function endHeard({ isFound, endedAt }: CallLife): number | undefined {
  return isFound === true ? undefined : endedAt;
}

function presentLeg(leg: Leg, { first, second }: CallFacts, life: CallLife): Call['legs'][number] {
  const { connectedAt, endedAt, isFound } = life;
  // A leg that was over with its call, whose end was only found.
  const isEndFound = isFound === true && leg.endedAt === endedAt;
  return {
    side: leg.side,
    number: (leg.side === 'first' ? first : second) ?? null,
    state: leg.state,
    asked_at: rfc3339OrNull(leg.askedAt),
    ringing_at: rfc3339OrNull(leg.ringingAt),
    answered_at: rfc3339OrNull(leg.answeredAt),
    hung_up_at: rfc3339OrNull(leg.hungUpAt),
    ended_at: rfc3339OrNull(leg.endedAt),
    cause: leg.cause === undefined ? null : presentCause(leg.cause),
    talk_seconds: isEndFound ? null : seconds(connectedAt, leg.endedAt),
  };
}

function presentCause({ q850, sip, text }: Cause): NonNullable<Call['legs'][number]['cause']> {
  return { q850: q850 ?? null, sip: sip ?? null, text };
}

/** Null also where the clock was set back in between: how long it took is then not known. */
function seconds(from: number | undefined, to: number | undefined): number | null {
  return from === undefined || to === undefined || to < from ? null : (to - from) / 1_000_000;
}
