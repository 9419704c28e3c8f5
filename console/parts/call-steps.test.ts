import { describe, expect, it } from 'vitest';
import type { Call } from '../../contract/v3/call.ts';
import { callSteps } from './call-steps.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 25, 12, 0, 0, seconds * 1_000)).toISOString();

function leg(side: 'first' | 'second', more: Partial<Call['legs'][number]>): Call['legs'][number] {
  return {
    side,
    number: side === 'first' ? '101' : '102',
    state: 'ended',
    asked_at: at(0),
    ringing_at: null,
    answered_at: null,
    hung_up_at: null,
    ended_at: null,
    cause: null,
    talk_seconds: null,
    ...more,
  };
}

function call(more: Partial<Call>): Call {
  return {
    id: '01a20743-6ace-7a8e-98cd-cfdcbfa14db5',
    state: 'ended',
    disposition: 'answered',
    ended_by: 'second',
    dial_first: '101',
    dial_second: '102',
    dial_as: null,
    pbx: 'main',
    reference: null,
    legs: [],
    asked_at: at(0),
    accepted_at: at(0.1),
    connected_at: null,
    ended_at: at(9),
    duration_seconds: 9,
    talk_seconds: null,
    problem: null,
    diagnosis: null,
    last_event: 0,
    ...more,
  };
}

describe('callSteps', () => {
  it('tells a call that was answered, in the order in which it happened', () => {
    const legs = [
      leg('first', { ringing_at: at(1), answered_at: at(2), ended_at: at(9) }),
      leg('second', { ringing_at: at(3), answered_at: at(4), ended_at: at(9) }),
    ];
    expect(
      callSteps(call({ legs, connected_at: at(4.5) })).map(({ says, after }) => `${after} ${says}`),
    ).toEqual([
      '0.1 main took the order',
      '1 101 rings',
      '2 101 answered',
      '3 102 rings',
      '4 102 answered',
      '4.5 Both talk',
      '9 Over: the second phone hung up',
    ]);
  });

  it("says why a phone was not answered in the PBX's own words, and blames nobody for the end", () => {
    const cause = { q850: 17, sip: 486, text: 'User busy' };
    const legs = [leg('first', { answered_at: at(2) }), leg('second', { ended_at: at(3), cause })];
    expect(callSteps(call({ legs, disposition: 'busy' })).map(({ says, tone }) => `${tone} ${says}`)).toEqual(
      ['calm main took the order', 'good 101 answered', 'warn 102: User busy', 'warn Over'],
    );
  });

  it('tells nothing of what is not known', () => {
    expect(callSteps(call({ state: 'originating', accepted_at: null, ended_at: null }))).toEqual([]);
  });
});
