import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useMemo } from 'react';
import { needed } from '../../api/needed.ts';
import { callsQuery, type CallFilter } from '../../api/call-queries.ts';
import { urlOf } from '../../api/client.ts';
import { Empty } from '../../ui/empty.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { CallList } from './call-list.tsx';
import { Filters } from './filters.tsx';
import { mergeNews } from './merge-news.ts';
import { useNews } from './use-news.ts';
import './calls.css';

/** All calls, newest first, as they happen. What is looked for stands in the URL. */
export function CallsPage() {
  const filter = useSearch({ from: '/inside/calls' });
  const navigate = useNavigate({ from: '/calls' });
  const change = (changed: CallFilter) => void navigate({ search: changed, replace: true });
  return (
    <Page title="Calls" acts={<Csv filter={filter} />}>
      <Filters filter={filter} change={change} />
      <Found filter={filter} />
    </Page>
  );
}

function Found({ filter }: { readonly filter: CallFilter }) {
  const query = needed(useInfiniteQuery({ ...callsQuery(filter), placeholderData: (before) => before }));
  const news = useNews();
  const { data, hasNextPage, isFetching, fetchNextPage } = query;
  const pages = useMemo(() => mergeNews(data?.pages ?? [], news, filter), [data, news, filter]);
  const calls = useMemo(() => pages.flatMap(({ items }) => items), [pages]);
  if (data === undefined) return <Loading />;
  if (calls.length === 0 && !hasNextPage) return <None isFiltered={Object.keys(filter).length > 0} />;
  return (
    <CallList
      calls={calls}
      added={(pages[0]?.items.length ?? 0) - (data.pages[0]?.items.length ?? 0)}
      hasMore={hasNextPage}
      isReading={isFetching}
      readMore={() => void fetchNextPage({ cancelRefetch: false })}
    />
  );
}

function None({ isFiltered }: { readonly isFiltered: boolean }) {
  return isFiltered ? (
    <Empty
      title="No calls like that"
      says="Numbers and references are looked for as a whole. Try fewer filters."
    />
  ) : (
    <Empty title="No calls yet" says="Each call stands here from the moment it is asked for." />
  );
}

function Csv({ filter }: { readonly filter: CallFilter }) {
  return (
    <a className="button button-plain button-normal" href={urlOf('/v3/calls.csv', filter)} download>
      <Download size={16} aria-hidden />
      CSV
    </a>
  );
}
