import { describe, expect, it } from 'vitest';
import { at, testCall } from '../../../src/ladder/test-call.ts';
import { filterOf, isListed } from './filter.ts';
import { mergeNews } from './merge-news.ts';

describe('the filter in a URL', () => {
  it('takes what it knows, and passes over what is of no use', () => {
    expect(
      filterOf({ search: 101, state: 'over', disposition: 'busy', pbx: '', from: 'x', to: at(0), page: '2' }),
    ).toEqual({ search: '101', disposition: 'busy', to: at(0) });
  });

  it.each([
    [{}, true],
    [{ state: 'ended', disposition: 'answered', pbx: 'main' }, true],
    [{ disposition: 'busy' }, false],
    [{ search: '1-0-2' }, true],
    [{ search: '10' }, false],
    [{ search: 'order 7' }, true],
    [{ from: at(0), to: at(1) }, true],
    [{ to: at(0) }, false],
    [{ key: 'one' }, false],
  ])('%j says of a call that is told: %s', (filter, isIn) => {
    expect(isListed(testCall({ reference: 'order 7' }), filter)).toBe(isIn);
  });
});

describe('news of calls', () => {
  const old = [testCall({ id: 'b', last_event: 2 }), testCall({ id: 'a', last_event: 6 })];
  const merge = (...told: readonly ReturnType<typeof testCall>[]) =>
    mergeNews([{ items: old, next: 'x' }], new Map(told.map((call) => [call.id, call])), {
      disposition: 'answered',
    });

  it('change calls in their place, and never to what was before', () => {
    const [page] = merge(
      testCall({ id: 'b', last_event: 3, disposition: 'busy' }),
      testCall({ id: 'a', last_event: 5, disposition: 'busy' }),
    );
    expect(page?.items.map(({ id, disposition }) => [id, disposition])).toEqual([
      ['b', 'busy'],
      ['a', 'answered'],
    ]);
    expect(page?.next).toBe('x');
  });

  it('come on top, newest first, where they belong into the list', () => {
    const [page] = merge(
      testCall({ id: 'c' }),
      testCall({ id: 'd' }),
      testCall({ id: 'e', disposition: 'busy' }),
      testCall({ id: '0' }),
    );
    expect(page?.items.map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
  });
});
