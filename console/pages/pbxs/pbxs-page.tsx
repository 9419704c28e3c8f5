import { useQuery } from '@tanstack/react-query';
import type { Pbx } from '../../../contract/v3/pbxs.ts';
import { driversQuery, pbxsQuery } from '../../api/queries.ts';
import { Empty } from '../../ui/empty.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';

export function PbxsPage() {
  const { data, error } = useQuery(pbxsQuery);
  const drivers = useQuery(driversQuery);
  if (error !== null) throw error;
  const labelOf = (id: string) => drivers.data?.items.find((driver) => driver.id === id)?.label ?? id;
  const columns: readonly Column<Pbx>[] = [
    { head: 'Name', cell: ({ name }) => name, small: 'title' },
    { head: 'Kind', cell: ({ driver }) => labelOf(driver) },
    { head: 'Since', cell: ({ created_at: at }) => <Time at={at} />, small: 'drop' },
  ];
  return (
    <Page title="PBXs" says="The telephone systems that calls are made through.">
      {data === undefined ? (
        <Loading />
      ) : data.items.length === 0 ? (
        <Empty title="No PBX yet" says="Connect one, and a click can ring its phones." />
      ) : (
        <Table label="PBXs" columns={columns} rows={data.items} keyOf={({ id }) => id} />
      )}
    </Page>
  );
}
