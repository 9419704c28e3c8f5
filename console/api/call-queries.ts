import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Call } from '../../contract/v3/call.ts';
import type { JournalEntry } from '../../contract/v3/journal.ts';
import type { Usage } from '../../contract/v3/usage.ts';
import { ask } from './client.ts';
import type { Page } from './queries.ts';

/** Which calls a list shows: the parameters of `GET /v3/calls`, as they stand in the console's own URL too. */
export type CallFilter = Readonly<
  Partial<Record<'state' | 'disposition' | 'pbx' | 'key' | 'search' | 'from' | 'to', string>>
>;

const PAGE = 100;

/** Newest first; the next page follows where the last one ended. */
export const callsQuery = (filter: CallFilter) =>
  infiniteQueryOptions({
    queryKey: ['calls', 'list', filter],
    queryFn: ({ pageParam: cursor, signal }) =>
      ask<Page<Call>>('GET', '/v3/calls', { query: { ...filter, limit: PAGE, cursor }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    // What happens meanwhile is told by events; a page that was read once is kept while the list is open.
    staleTime: Infinity,
    gcTime: 60_000,
    // With each page that is read all others would be compared, letter by letter.
    structuralSharing: false,
  });

/** So many entries are read and drawn at once: few calls have more, and no person reads them all. */
const ENTRIES_AT_ONCE = 1_000;

/**
 * What was said and done about a call.
 * @param cursor where to begin; undefined: with the request
 * @param enough no further page is read when there are so many
 */
export async function readJournal(
  id: string,
  cursor: string | undefined,
  enough: number,
  asked: { readonly signal?: AbortSignal } = {},
): Promise<Page<JournalEntry>> {
  const items: JournalEntry[] = [];
  let next = cursor;
  do {
    const query = { limit: 500, cursor: next };
    const page = await ask<Page<JournalEntry>>('GET', `/v3/calls/${id}/journal`, { ...asked, query });
    items.push(...page.items);
    next = page.next ?? undefined;
  } while (next !== undefined && items.length < enough);
  return { items, next: next ?? null };
}

/** The same for a page: as much as is drawn at once, and the rest where it is asked for. */
export const journalQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['calls', id, 'journal'],
    queryFn: ({ pageParam, signal }) => readJournal(id, pageParam, ENTRIES_AT_ONCE, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export interface UsageSpan {
  readonly by: 'hour' | 'day';
  /** RFC 3339; until now. */
  readonly from: string;
}

export const usageQuery = ({ by, from }: UsageSpan) =>
  queryOptions({
    queryKey: ['usage', by, from],
    queryFn: ({ signal }) => ask<Usage>('GET', '/v3/usage', { query: { by, from }, signal }),
    staleTime: 30_000,
  });
