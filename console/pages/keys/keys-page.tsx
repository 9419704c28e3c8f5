import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Key } from '../../../contract/v3/keys.ts';
import { needed } from '../../api/needed.ts';
import { keysQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { MakeKey } from './make-key.tsx';
import { limitsInWords, scopesInWords } from './key-limits.ts';
import { isEnded, KeyState } from './key-state.tsx';
import { RotateKey } from './rotate-key.tsx';
import { RevokeKey } from './revoke-key.tsx';
import { UnfreezeKey } from './unfreeze-key.tsx';

const COLUMNS: readonly Column<Key>[] = [
  {
    head: 'Key',
    cell: ({ label, prefix }) => (
      <span className="key-name">
        <strong>{label === '' ? 'Without a name' : label}</strong> <code className="muted">{prefix}…</code>
      </span>
    ),
    small: 'title',
  },
  { head: 'State', cell: (key) => <KeyState apiKey={key} />, small: 'aside' },
  {
    head: 'May',
    cell: (key) => (
      <>
        {scopesInWords(key)}
        {limitsInWords(key).map((limit) => (
          <div key={limit} className="muted mono">
            {limit}
          </div>
        ))}
      </>
    ),
  },
  { head: 'Made', cell: ({ created_at: at }) => <Time at={at} /> },
  {
    head: 'Last used',
    cell: ({ last_used_at: at }) => (at === null ? <span className="muted">never</span> : <Time at={at} />),
  },
  {
    head: 'Acts',
    headless: true,
    align: 'right',
    cell: (key) => (
      <>
        {!isEnded(key) && <UnfreezeKey apiKey={key} />}
        <RotateKey apiKey={key} />
        {!isEnded(key) && <RevokeKey apiKey={key} />}
      </>
    ),
  },
];

/** What programs call with. */
export function KeysPage() {
  const { data } = needed(useQuery(keysQuery));
  const [isMaking, setMaking] = useState(false);
  const make = (
    <Button look="main" onPress={() => setMaking(true)}>
      <Plus aria-hidden /> Make a key
    </Button>
  );
  return (
    <Page
      title="Keys"
      says="What programs call with, one for each: a key that has leaked is revoked without the others."
      acts={make}
    >
      {data === undefined ? (
        <Loading />
      ) : data.items.length === 0 ? (
        <Empty title="No key yet" says="Make one, and a program, a CRM or a link can make calls with it." />
      ) : (
        <Table label="Keys" columns={COLUMNS} rows={data.items.toReversed()} keyOf={({ id }) => id} />
      )}
      <MakeKey isOpen={isMaking} onClose={() => setMaking(false)} />
    </Page>
  );
}
