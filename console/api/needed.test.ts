import { expect, it } from 'vitest';
import { needed } from './needed.ts';
import { ApiProblem } from './problem.ts';

const GONE = new ApiProblem({
  type: 'about:blank',
  title: '',
  status: 404,
  code: 'not_found',
  detail: 'gone',
});
const SILENT = ApiProblem.unreachable();

it.each([
  ['nothing yet', undefined, null],
  ['an answer', 'read', null],
  ['what was read before a server that does not answer now', 'read', SILENT],
])('%s is gone on with', (_what, data, error) => {
  const read = { data, error };
  expect(needed(read)).toBe(read);
});

it.each([
  ['a server that never answered', undefined, SILENT],
  ['what is not there any more', 'read', GONE],
  ['a fault of the page', 'read', new TypeError('undefined is not a function')],
])('%s is thrown', (_what, data, error) => {
  expect(() => needed({ data, error })).toThrow(error);
});
