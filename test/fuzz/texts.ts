import fc from 'fast-check';

/**
 * Texts that are nearly what a reader reads: whole ones, whole ones with something cut out and something put in, the
 * pieces that they are made of in any order, and no text at all.
 */
export function nearly(samples: readonly string[], pieces: readonly string[]): fc.Arbitrary<string> {
  const sample = fc.constantFrom(...samples);
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...pieces, ...OF_ALL) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  );
  const some = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''));
  const cut = fc.tuple(sample, fc.nat(), fc.nat({ max: 12 }), some);
  return fc.oneof(
    { weight: 1, arbitrary: fc.array(sample, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')) },
    {
      weight: 6,
      arbitrary: cut.map(([text, at, length, put]) => {
        const from = at % (text.length + 1);
        return text.slice(0, from) + put + text.slice(from + length);
      }),
    },
    { weight: 3, arbitrary: some },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  );
}

/** What no format likes. */
const OF_ALL = [
  '',
  '\r\n',
  '\n',
  '\r',
  '\0',
  '\u001b',
  ':',
  ' ',
  '"',
  '\\',
  '%',
  '\ud800',
  'é',
  '\u2028',
  '__proto__',
  '-1',
  '1e999',
  '9'.repeat(30),
];

/** Where a stream is cut into chunks. */
export const cuts = fc.array(fc.nat({ max: 600 }), { maxLength: 6 });

export function chunksOf(bytes: Buffer, at: readonly number[]): Buffer[] {
  const edges = [0, ...at.map((each) => each % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
}
