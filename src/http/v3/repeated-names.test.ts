import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repeatedNames } from './repeated-names.ts';

describe('repeatedNames', () => {
  it.each([
    ['{"a":1,"b":2}', []],
    ['{"a":1,"a":2}', ['a']],
    ['{"a":1,"\\u0061":2}', ['a']],
    ['{"a":{"a":1},"b":[{"a":1},{"a":2}]}', []],
    ['{"s":{"x":1,"x":2}}', ['x']],
    ['{"a":"{\\"a\\":1,\\"a\\":2}"}', []],
    ['{"a":"a","b":"a:","c":["a","a"]}', []],
    ['{"__proto__":1,"__proto__":2}', ['__proto__']],
  ])('%s', (json, repeated) => {
    expect(repeatedNames(json)).toEqual(repeated);
  });

  it('finds none in whatever was written by a program', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(repeatedNames(json)).toEqual([]);
      }),
    );
  });
});
