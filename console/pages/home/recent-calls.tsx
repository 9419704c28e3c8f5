import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Call } from '../../../contract/v3/call.ts';
import type { CallEvent } from '../../../contract/v3/event.ts';
import { useCallEvents } from '../../api/events.ts';
import { callQuery, recentCallsQuery } from '../../api/queries.ts';
import { CallStatus } from '../../ui/call-status.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';

const COLUMNS: readonly Column<Call>[] = [
  {
    head: 'Numbers',
    cell: ({ id, dial_first: first, dial_second: second }) => (
      <Link to="/calls/$id" params={{ id }} className="mono">
        {first} → {second}
      </Link>
    ),
    small: 'title',
  },
  { head: 'State', cell: (call) => <CallStatus call={call} />, small: 'aside' },
  { head: 'What happened', cell: ({ diagnosis }) => diagnosis?.says ?? '' },
  { head: 'Asked for', cell: ({ asked_at: at }) => <Time at={at} />, align: 'right' },
];

/** The last calls, kept up to date by what is told of them. */
export function RecentCalls({ calls, limit }: { readonly calls: readonly Call[]; readonly limit: number }) {
  const queries = useQueryClient();
  useCallEvents('/v3/events', (event) => {
    queries.setQueryData(callQuery(event.call.id).queryKey, event.call);
    queries.setQueryData(recentCallsQuery(limit).queryKey, (page) =>
      page === undefined ? page : { ...page, items: withEvent(page.items, event, limit) },
    );
  });
  if (calls.length === 0) return null;
  return (
    <section className="part" aria-labelledby="recent">
      <h2 id="recent">Last calls</h2>
      <Table label="Last calls" columns={COLUMNS} rows={calls} keyOf={({ id }) => id} />
    </section>
  );
}

/** A call that is there is as it is told; a new one stands in front. */
function withEvent(calls: readonly Call[], { call }: CallEvent, limit: number): readonly Call[] {
  if (calls.some(({ id }) => id === call.id)) return calls.map((each) => (each.id === call.id ? call : each));
  return [call, ...calls].slice(0, limit);
}
