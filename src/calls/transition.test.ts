import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL_STATES, SIDES } from '../../contract/call-words.ts';
import type { Cause } from './cause.ts';
import type { Fact, LegFact } from './fact.ts';
import { isOver, NEW_LIFE, type CallLife } from './life.ts';
import { transition } from './transition.ts';

const leg = (side: LegFact['side'], happened: LegFact['happened'], cause?: Cause): Fact =>
  cause === undefined ? { type: 'leg', side, happened } : { type: 'leg', side, happened, cause };
const ACCEPTED: Fact = { type: 'accepted' };
const FIRST_ANSWERS = [leg('first', 'asked'), leg('first', 'ringing'), leg('first', 'answered')];
const BOTH_TALK = [
  ...FIRST_ANSWERS,
  leg('second', 'asked'),
  leg('second', 'ringing'),
  leg('second', 'answered'),
  { type: 'connected' } as const,
];
const BUSY = { q850: 17, sip: 486, text: 'User busy' };
const OVER: Fact = { type: 'ended' };

/** Lives through facts, one a second from second 1. */
function live(...facts: readonly Fact[]): { life: CallLife; told: string[] } {
  let life = NEW_LIFE;
  const told: string[] = [];
  for (const [index, fact] of facts.entries()) {
    const next = transition(life, fact, (index + 1) * 1_000_000);
    ({ life } = next);
    told.push(...next.told);
  }
  return { life, told };
}

describe('the life of a call', () => {
  it('goes through every state, and tells each once', () => {
    const { life, told } = live(ACCEPTED, ...BOTH_TALK, leg('second', 'hung_up'), OVER);
    expect(told).toEqual([
      'call.accepted',
      'call.ringing_first',
      'call.answered_first',
      'call.ringing_second',
      'call.connected',
      'call.ended',
    ]);
    expect(life).toMatchObject({ state: 'ended', disposition: 'answered', endedBy: 'second', told: 6 });
    expect(life.legs[0]).toMatchObject({ askedAt: 2e6, ringingAt: 3e6, answeredAt: 4e6, endedAt: 10e6 });
  });

  it('takes the first of several phones that ring for one leg, and goes back to none', () => {
    const { life, told } = live(...FIRST_ANSWERS, leg('first', 'ringing'), leg('first', 'asked'));
    expect(life.state).toBe('answered_first');
    expect(life.legs[0]).toMatchObject({ state: 'answered', ringingAt: 2e6 });
    expect(told).toHaveLength(2);
  });

  it('lets the PBX ask another phone or trunk for a leg that came to nothing', () => {
    const busyTrunk = { q850: 34, sip: 503, text: 'Circuit busy' };
    const trunks = [leg('second', 'asked'), leg('second', 'ended', busyTrunk), leg('second', 'asked')];
    const ringing = live(...FIRST_ANSWERS, ...trunks, leg('second', 'ringing'));
    expect(ringing.life.legs[1]).toEqual({ side: 'second', state: 'ringing', askedAt: 4e6, ringingAt: 7e6 });
    const { life } = live(...FIRST_ANSWERS, ...trunks, leg('second', 'ended', BUSY), OVER);
    expect(life).toMatchObject({ disposition: 'busy', legs: [{}, { cause: BUSY, endedAt: 7e6 }] });
  });

  it('takes the answer to an order after its call: as when events overtake their reply', () => {
    const { life, told } = live(...FIRST_ANSWERS, ACCEPTED, OVER, ACCEPTED);
    expect(told).toEqual(['call.ringing_first', 'call.answered_first', 'call.accepted', 'call.ended']);
    expect(life.acceptedAt).toBe(4e6);
  });
});

describe('what a call comes to', () => {
  const REFUSED: Fact = {
    type: 'refused',
    problem: { code: 'extension_unknown', said: 'Extension does not exist.', remedy: 'Dial another.' },
  };
  const IN_DOUBT: Fact = {
    type: 'in_doubt',
    problem: { code: 'pbx_in_doubt', said: 'No reply.', remedy: 'See.' },
  };
  const HANG_UP: Fact = { type: 'hang_up_asked' };
  const firstEnds = (cause: Cause) => [ACCEPTED, leg('first', 'asked'), leg('first', 'ended', cause), OVER];
  const secondEnds = (cause: Cause) => [
    ACCEPTED,
    ...FIRST_ANSWERS,
    leg('second', 'asked'),
    leg('second', 'ended', cause),
    OVER,
  ];

  it.each<[string, readonly Fact[], string, string]>([
    ['a refused order', [REFUSED], 'failed', 'pbx'],
    ['an order in doubt of which nothing is heard', [IN_DOUBT, { type: 'gone' }], 'unknown', 'unknown'],
    [
      'an order in doubt that rang and talked',
      [IN_DOUBT, ...BOTH_TALK, leg('first', 'hung_up'), OVER],
      'answered',
      'first',
    ],
    ['a busy first phone', firstEnds(BUSY), 'busy', 'first'],
    [
      'a first phone that declines',
      firstEnds({ q850: 21, sip: 603, text: 'Call Rejected' }),
      'declined',
      'first',
    ],
    ['a first phone that nobody answers', firstEnds({ q850: 19, text: 'No answer' }), 'no_answer', 'pbx'],
    ['a first phone that is not there', firstEnds({ text: '', means: 'unavailable' }), 'unavailable', 'pbx'],
    ['a busy second phone', secondEnds(BUSY), 'busy', 'second'],
    [
      'a second number that nobody could even be asked for',
      [ACCEPTED, ...FIRST_ANSWERS, leg('second', 'ended', { q850: 20, text: 'SUBSCRIBER_ABSENT' }), OVER],
      'unavailable',
      'pbx',
    ],
    [
      'congestion on the way to the second',
      secondEnds({ q850: 34, text: 'Circuit busy' }),
      'congestion',
      'pbx',
    ],
    [
      'a trunk that does not know us',
      secondEnds({ q850: 21, sip: 403, text: 'Call Rejected' }),
      'failed',
      'pbx',
    ],
    [
      'a first side that hangs up while the second rings',
      [
        ACCEPTED,
        ...FIRST_ANSWERS,
        leg('second', 'ringing'),
        leg('first', 'hung_up'),
        leg('second', 'ended', { q850: 16, text: '' }),
        OVER,
      ],
      'cancelled',
      'first',
    ],
    [
      'a hang-up of ours while the first rings',
      [ACCEPTED, leg('first', 'ringing'), HANG_UP, leg('first', 'ended', { q850: 16, text: '' }), OVER],
      'cancelled',
      'api',
    ],
    ['a hang-up of ours while both talk', [ACCEPTED, ...BOTH_TALK, HANG_UP, OVER], 'answered', 'api'],
    [
      'a hang-up of ours that the PBX could not be asked for',
      [ACCEPTED, ...BOTH_TALK, HANG_UP, { type: 'hang_up_failed' }, leg('second', 'hung_up'), OVER],
      'answered',
      'second',
    ],
    [
      'a hang-up of ours after the second was busy',
      [ACCEPTED, ...FIRST_ANSWERS, leg('second', 'asked'), leg('second', 'ended', BUSY), HANG_UP, OVER],
      'busy',
      'api',
    ],
    ['a talk of which nobody said who ended it', [ACCEPTED, ...BOTH_TALK, OVER], 'answered', 'unknown'],
    [
      'a call that is gone after a gap',
      [ACCEPTED, ...FIRST_ANSWERS, { type: 'missed' }, { type: 'gone' }],
      'unknown',
      'unknown',
    ],
    [
      'a call of which the PBX can tell nothing',
      [ACCEPTED, { type: 'untold', why: 'cannot_tell' }],
      'unknown',
      'unknown',
    ],
  ])('%s', (_name, facts, disposition, endedBy) => {
    expect(live(...facts).life).toMatchObject({ disposition, endedBy });
  });
});

describe('whatever comes, in whatever order', () => {
  const cause = fc.record({ q850: fc.nat(127), sip: fc.constantFrom(0, 486, 603, 404), text: fc.string() });
  const anyFact: fc.Arbitrary<Fact> = fc.oneof(
    fc
      .tuple(
        fc.constantFrom(...SIDES),
        fc.constantFrom('asked', 'ringing', 'answered', 'hung_up', 'ended' as const),
        fc.option(cause, { nil: undefined }),
      )
      .map(([side, happened, why]) => leg(side, happened, why)),
    fc.constantFrom<Fact>(
      ACCEPTED,
      OVER,
      { type: 'connected' },
      { type: 'hang_up_asked' },
      { type: 'hang_up_failed' },
      { type: 'missed' },
      { type: 'gone' },
      { type: 'untold', why: 'not_asked' },
      { type: 'in_doubt', problem: { code: 'pbx_in_doubt', said: '', remedy: '' } },
      { type: 'refused', problem: { code: 'pbx_refused', said: '', remedy: '' } },
    ),
  );

  it('goes forward only, numbers its events without holes, and changes nothing after its end', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 40 }), (facts) => {
        let life = NEW_LIFE;
        for (const [index, fact] of facts.entries()) {
          const next = transition(life, fact, index);
          expect(next.life.told).toBe(life.told + next.told.length);
          expect(CALL_STATES.indexOf(next.life.state)).toBeGreaterThanOrEqual(
            CALL_STATES.indexOf(life.state),
          );
          if (isOver(life)) expect({ ...next.life, acceptedAt: 0 }).toEqual({ ...life, acceptedAt: 0 });
          expect(isOver(next.life)).toBe(next.life.disposition !== undefined);
          life = next.life;
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
