import { expect, it } from 'vitest';
import { lookUp } from './look-up.ts';

it('finds what stands in the table, and nothing that every object has', () => {
  const table = { BUSY: 'busy' };
  expect(lookUp(table, 'BUSY')).toBe('busy');
  for (const word of ['', 'busy', '__proto__', 'constructor', 'toString', 'hasOwnProperty'])
    expect(lookUp(table, word)).toBeUndefined();
});
