import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import type { Pbx } from '../../../contract/v3/pbxs.ts';
import { needed } from '../../api/needed.ts';
import { driversQuery, pbxsQuery } from '../../api/queries.ts';
import { useMay } from '../../api/use-may.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';

export function PbxsPage() {
  const { data } = needed(useQuery(pbxsQuery));
  const drivers = useQuery(driversQuery);
  const mayAdd = useMay('pbxs:manage');
  const labelOf = (id: string) => drivers.data?.items.find((driver) => driver.id === id)?.label ?? id;
  const columns: readonly Column<Pbx>[] = [
    {
      head: 'Name',
      cell: ({ id, name }) => (
        <Link to="/pbxs/$id" params={{ id }}>
          {name}
        </Link>
      ),
      small: 'title',
    },
    { head: 'Kind', cell: ({ driver }) => labelOf(driver) },
    { head: 'Where', cell: ({ settings }) => <span className="mono">{whereOf(settings)}</span> },
    { head: 'Since', cell: ({ created_at: at }) => <Time at={at} />, small: 'drop' },
  ];
  const add = mayAdd && (
    <LinkButton to="/pbxs/new" look="main">
      <Plus aria-hidden /> Connect a PBX
    </LinkButton>
  );
  return (
    <Page title="PBXs" says="The telephone systems that calls are made through." acts={add}>
      {data === undefined ? (
        <Loading />
      ) : data.items.length === 0 ? (
        <Empty title="No PBX yet" says="Connect one, and a click can ring its phones.">
          {add}
        </Empty>
      ) : (
        <Table label="PBXs" columns={columns} rows={data.items} keyOf={({ id }) => id} />
      )}
    </Page>
  );
}

function whereOf({ host, port }: Pbx['settings']): string {
  if (host === undefined) return 'connects to us';
  return port === undefined ? String(host) : `${host}:${port}`;
}
