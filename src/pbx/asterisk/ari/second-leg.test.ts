import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeSecondLeg, encodeSecondLeg, type SecondLeg } from './second-leg.ts';

const LEG: SecondLeg = {
  endpoint: 'Local/102@internal/n',
  seconds: 25,
  caller: '"Zoë [1], O\'Neil :)" <+12125550121>',
  called: '"Call to" <102>',
  account: 'board',
};

it('comes back as it was, whatever its texts are', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((value) => !/\p{Cc}/u.test(value));
  fc.assert(
    fc.property(text, text, text, fc.integer({ min: 1, max: 9999 }), (caller, called, account, seconds) => {
      // A lone half of a surrogate pair is no text that could be sent.
      const leg = { ...LEG, seconds, caller, called, account };
      fc.pre(Object.values(leg).every((value) => String(value).isWellFormed()));
      expect(decodeSecondLeg(encodeSecondLeg(leg))).toEqual(leg);
    }),
    { numRuns: 2_000 },
  );
});

it('is one argument to Asterisk: nothing that it splits, quotes or nests by', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (caller) => {
      expect(encodeSecondLeg({ ...LEG, caller })).not.toMatch(/[,"\\()[\]\p{Cc} ]/u);
    }),
    { numRuns: 2_000 },
  );
});

it('is not taken from others: no endpoint, several, no time, control characters', () => {
  const wrong: Partial<SecondLeg>[] = [
    { endpoint: '' },
    { endpoint: 'Local/102@internal&PJSIP/103' },
    { endpoint: 'Local/102@internal,30,g' },
    { seconds: 0 },
    { caller: 'x\r\ny' },
    { account: 'x'.repeat(1_001) },
  ];
  for (const part of wrong) expect(decodeSecondLeg(encodeSecondLeg({ ...LEG, ...part }))).toBeUndefined();
});

it('reads anything without throwing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(() => decodeSecondLeg(text)).not.toThrow();
    }),
    { numRuns: 2_000 },
  );
});
