import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Link } from '../../../contract/v3/links.ts';
import { needed } from '../../api/needed.ts';
import { linksQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { isGood, LinkState } from './link-state.tsx';
import { MakeLink } from './make-link.tsx';
import { RevokeLink } from './revoke-link.tsx';

const COLUMNS: readonly Column<Link>[] = [
  {
    head: 'Numbers',
    cell: ({ dial_first: first, dial_second: second, label }) => (
      <>
        <strong className="mono">
          {first} → {second}
        </strong>
        {label !== '' && <div className="muted">{label}</div>}
      </>
    ),
    small: 'title',
  },
  { head: 'State', cell: (link) => <LinkState link={link} />, small: 'aside' },
  { head: 'Used', cell: ({ used, uses }) => `${used} of ${uses}` },
  { head: 'Until', cell: ({ expires_at: at }) => <Time at={at} /> },
  {
    head: 'Acts',
    headless: true,
    align: 'right',
    cell: (link) => isGood(link) && <RevokeLink link={link} />,
  },
];

/** Links that make a call, for whoever has no key. */
export function LinksPage() {
  const { data } = needed(useQuery(linksQuery));
  const [isMaking, setMaking] = useState(false);
  return (
    <Page
      title="Click links"
      says="A link makes one call, for whoever has no key. Opening it rings nobody: it shows who would be rung, and a button."
      acts={
        <Button look="main" onPress={() => setMaking(true)}>
          <Plus aria-hidden /> Make a link
        </Button>
      }
    >
      {data === undefined ? (
        <Loading />
      ) : data.items.length === 0 ? (
        <Empty
          title="No link yet"
          says="Make one for a letter, a ticket or a note: whoever opens it can connect these two numbers, and nothing else."
        />
      ) : (
        <Table label="Click links" columns={COLUMNS} rows={data.items} keyOf={({ id }) => id} />
      )}
      <MakeLink isOpen={isMaking} onClose={() => setMaking(false)} />
    </Page>
  );
}
