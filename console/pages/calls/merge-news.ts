import type { Call } from '../../../contract/v3/call.ts';
import type { CallFilter } from '../../api/call-queries.ts';
import type { Page } from '../../api/queries.ts';
import { isListed } from './filter.ts';

/**
 * The pages of a list with what was told of calls meanwhile: calls that are there are changed in their place, new ones come
 * on top. What was read stays where it is, so that nothing moves under whoever reads.
 * @param news by the calls' ids; the last that was told of each
 */
export function mergeNews(
  pages: readonly Page<Call>[],
  news: ReadonlyMap<string, Call>,
  filter: CallFilter,
): Page<Call>[] {
  const known = new Set<string>();
  const changed = pages.map((page) => ({
    ...page,
    items: page.items.map((call) => {
      known.add(call.id);
      const told = news.get(call.id);
      return told !== undefined && told.last_event >= call.last_event ? told : call;
    }),
  }));
  const [first, ...others] = changed;
  if (first === undefined) return [];
  const newest = first.items[0]?.id ?? '';
  const added = [...news.values()]
    .filter((call) => !known.has(call.id) && call.id > newest && isListed(call, filter))
    .toSorted((a, b) => (a.id < b.id ? 1 : -1));
  return [{ ...first, items: [...added, ...first.items] }, ...others];
}
