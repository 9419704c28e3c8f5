import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Call } from '../../../contract/v3/call.ts';
import { recentCallsQuery } from '../../api/queries.ts';
import { CallStatus } from '../../ui/call-status.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';

const COLUMNS: readonly Column<Call>[] = [
  {
    head: 'Numbers',
    cell: ({ id, dial_first: first, dial_second: second }) => (
      <Link to="/calls/$id" params={{ id }}>
        {first} → {second}
      </Link>
    ),
    small: 'title',
  },
  { head: 'State', cell: (call) => <CallStatus call={call} />, small: 'aside' },
  { head: 'Asked for', cell: ({ asked_at: at }) => <Time at={at} /> },
];

export function CallsPage() {
  const { data, error } = useQuery(recentCallsQuery(50));
  if (error !== null) throw error;
  return (
    <Page title="Calls">
      {data === undefined ? (
        <Loading />
      ) : (
        <Table label="Calls" columns={COLUMNS} rows={data.items} keyOf={({ id }) => id} />
      )}
    </Page>
  );
}
