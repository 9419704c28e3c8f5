import type { Call } from '../../contract/v3/call.ts';
import type { JournalEntry } from '../../contract/v3/journal.ts';
import { rfc3339 } from '../kit/clock.ts';

const ASKED = 1_795_435_200_000_000;

/** The time so many seconds after the call was asked for. */
export function at(seconds: number): string {
  return rfc3339(ASKED + Math.round(seconds * 1_000_000));
}

type Leg = Call['legs'][number];

export function leg(side: 'first' | 'second', change: Partial<Leg> = {}): Leg {
  return {
    side,
    number: side === 'first' ? '101' : '102',
    state: 'planned',
    asked_at: null,
    ringing_at: null,
    answered_at: null,
    hung_up_at: null,
    ended_at: null,
    cause: null,
    talk_seconds: null,
    ...change,
  };
}

/** A call in which both talked for a minute. */
export function testCall(change: Partial<Call> = {}): Call {
  return {
    id: '019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77',
    state: 'ended',
    disposition: 'answered',
    ended_by: 'second',
    dial_first: '101',
    dial_second: '102',
    dial_as: null,
    pbx: 'main',
    reference: null,
    legs: [
      leg('first', { asked_at: at(0.01), ringing_at: at(0.05), answered_at: at(3), ended_at: at(70) }),
      leg('second', { asked_at: at(3.1), ringing_at: at(3.9), answered_at: at(9), ended_at: at(70) }),
    ],
    asked_at: at(0),
    accepted_at: at(0.006),
    connected_at: at(9),
    ended_at: at(70),
    duration_seconds: 70,
    talk_seconds: 61,
    problem: null,
    diagnosis: null,
    last_event: 6,
    ...change,
  };
}

export function testEntries(
  ...entries: readonly [kind: JournalEntry['kind'], seconds: number, data: JournalEntry['data']][]
): JournalEntry[] {
  return entries.map(([kind, seconds, data], number) => ({ number, at: at(seconds), kind, leg: null, data }));
}
