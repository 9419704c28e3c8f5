import { expect, it } from 'vitest';
import { parseVariables } from './variables.ts';

it.each([
  ['a plain one', ['A=1'], [['A', '1']]],
  [
    'several in one header',
    ['A=1,B=2'],
    [
      ['A', '1'],
      ['B', '2'],
    ],
  ],
  [
    'several headers',
    ['A=1', 'B=2'],
    [
      ['A', '1'],
      ['B', '2'],
    ],
  ],
  ['a value with equals signs', ['A=b=c'], [['A', 'b=c']]],
  ['quotes, which protect commas and go', ['A="1,2"'], [['A', '1,2']]],
  [
    'brackets, which protect commas and stay',
    ['F(a,b)=1,C=[2,3]'],
    [
      ['F(a,b)', '1'],
      ['C', '[2,3]'],
    ],
  ],
  ['backslashes, which make the next character ordinary', ['A=\\"1\\,2\\" \\(x\\['], [['A', '"1,2" (x[']]],
  ['a name alone', ['A'], [['A', '']]],
])('%s', (_, headers, variables) => {
  expect(parseVariables(headers)).toEqual(variables);
});
