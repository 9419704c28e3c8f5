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
  const changed = pages.map((page) =>
    page.items.some(({ id }) => news.has(id)) ? withNews(page, news) : page,
  );
  const [first, ...others] = changed;
  if (first === undefined) return [];
  const newest = first.items[0]?.id ?? '';
  const added = [...news.values()]
    .filter((call) => call.id > newest && isListed(call, filter))
    .toSorted((a, b) => (a.id < b.id ? 1 : -1));
  return [{ ...first, items: [...added, ...first.items] }, ...others];
}

function withNews(page: Page<Call>, news: ReadonlyMap<string, Call>): Page<Call> {
  const items = page.items.map((call) => {
    const told = news.get(call.id);
    return told !== undefined && told.last_event >= call.last_event ? told : call;
  });
  return { ...page, items };
}
