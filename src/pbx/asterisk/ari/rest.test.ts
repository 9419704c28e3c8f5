import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fieldOf, pathOf, wordsOf } from './rest.ts';

it('keeps every segment and value what it was, whatever it is', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((value) => value.isWellFormed() && value !== '.' && value !== '..');
  fc.assert(
    fc.property(text, text, text, (id, variable, value) => {
      const path = pathOf({ method: 'POST', path: ['channels', id, 'variable'], query: { variable, value } });
      expect(path).not.toMatch(/[\s#+]/);
      const [place = '', query = ''] = path.split('?');
      expect(place.split('/').map(decodeURIComponent)).toEqual(['channels', id, 'variable']);
      expect([...new URLSearchParams(query).values()]).toEqual([variable, value]);
    }),
    { numRuns: 5_000 },
  );
});

it("finds Asterisk's words in both of its forms of an error, and none elsewhere", () => {
  expect(wordsOf({ body: '{"message":"Channel not found"}' })).toBe('Channel not found');
  expect(wordsOf({ body: '{"error":"Allocation failed"}' })).toBe('Allocation failed');
  expect(wordsOf({ body: '<html>502 Bad Gateway</html>' })).toBeUndefined();
  expect(fieldOf({ body: '{"a":1}' }, 'toString')).toBeUndefined();
});
