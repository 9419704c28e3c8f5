import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SIDES } from '../../contract/call-words.ts';
import { ERROR_CODES, type ErrorCode } from '../../contract/error-codes.ts';
import type { Cause } from './cause.ts';
import { diagnose } from './diagnose.ts';
import type { Fact } from './fact.ts';
import { NEW_LIFE } from './life.ts';
import { SITUATIONS } from './situations/all.ts';
import { DIAGNOSIS_CASES, diagnosisAfter } from './test-diagnoses.ts';
import { liveThrough } from './test-facts.ts';

describe('what is said of a call that is over', () => {
  it.each(DIAGNOSIS_CASES)('$code: $says', ({ facts, ...diagnosis }) => {
    expect(diagnosisAfter(facts)).toEqual(diagnosis);
  });

  it('is tried for every situation, on one side at least', () => {
    const tried = new Set(DIAGNOSIS_CASES.map(({ code }) => code));
    const whensTried = SITUATIONS.filter(({ code }) => tried.has(code)).map(({ when }) => when);
    expect(SITUATIONS.filter(({ when }) => !whensTried.includes(when)).map(({ code }) => code)).toEqual([]);
  });

  it('has a code for each situation alone', () => {
    const codes = SITUATIONS.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('is nothing yet while the call lives', () => {
    const told = { first: '101', second: '102', pbxName: 'main' };
    expect(diagnose({ ...told, life: NEW_LIFE })).toBeUndefined();
    expect(diagnose({ ...told, life: liveThrough([{ type: 'accepted' }]) })).toBeUndefined();
  });
});

describe('whatever is heard of a call', () => {
  const words = fc.constantFrom('', 'User busy', 'No. Never!', ' blank ');
  const cause: fc.Arbitrary<Cause> = fc.record(
    {
      q850: fc.nat(127),
      sip: fc.oneof(fc.integer({ min: 400, max: 608 }), fc.constant(0)),
      text: words,
      means: fc.constantFrom('busy', 'declined', 'no_answer', 'unavailable', 'congestion', 'failed'),
      phone: fc.constantFrom('registered', 'in_use', 'unregistered', 'no_such_phone', 'unknown'),
    },
    { requiredKeys: ['text'] },
  );
  const problem = fc.record({
    code: fc.constantFrom(...(Object.keys(ERROR_CODES) as ErrorCode[])),
    said: words,
    remedy: fc.constantFrom('', 'Do something.'),
  });
  const anyFact: fc.Arbitrary<Fact> = fc.oneof(
    fc.record({
      type: fc.constant('leg'),
      side: fc.constantFrom(...SIDES),
      happened: fc.constantFrom('asked', 'ringing', 'answered', 'hung_up', 'ended'),
    }),
    fc.record({
      type: fc.constant('leg'),
      side: fc.constantFrom(...SIDES),
      happened: fc.constant('ended'),
      cause,
    }),
    fc.record({ type: fc.constantFrom('refused', 'in_doubt'), problem }),
    fc.record({
      type: fc.constant('untold'),
      why: fc.constantFrom('cannot_tell', 'not_told_apart', 'not_asked', 'pbx_removed', 'forwarded'),
    }),
    fc.constantFrom<Fact>(
      { type: 'accepted' },
      { type: 'connected' },
      { type: 'hang_up_asked' },
      { type: 'missed' },
      { type: 'gone' },
      { type: 'ended' },
    ),
  );

  it('is told in one sentence, and what to do in another, or there is nothing to do', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 12 }), (facts) => {
        const life = liveThrough([...facts, { type: 'ended' }]);
        const pbxName = facts.length % 2 === 0 ? 'main' : undefined;
        const { code, says, remedy } =
          diagnose({ life, first: '101', second: '102', pbxName }) ?? expect.fail();
        expect(code).toMatch(/^[a-z_]+$/);
        expect(says).toMatch(/^[A-Z0-9].*[.!?]$/);
        expect(remedy).toMatch(/^([A-Z].*[.!?])?$/);
        expect(`${says} ${remedy}`).not.toMatch(/undefined|NaN|-\d|\.\.|\s\.|:\s*\.|\s{2}|\(\)/);
      }),
      { numRuns: 5_000 },
    );
  });
});
