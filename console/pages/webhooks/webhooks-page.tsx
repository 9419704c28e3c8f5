import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Webhook } from '../../../contract/v3/webhook.ts';
import { needed } from '../../api/needed.ts';
import { webhooksQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { AddWebhook } from './add-webhook.tsx';
import { WebhookState } from './webhook-state.tsx';

const COLUMNS: readonly Column<Webhook>[] = [
  {
    head: 'Where',
    cell: ({ id, label, url }) => (
      <Link to="/webhooks/$id" params={{ id }}>
        {label === '' ? url : label}
      </Link>
    ),
    small: 'title',
  },
  { head: 'State', cell: (webhook) => <WebhookState webhook={webhook} />, small: 'aside' },
  { head: 'URL', cell: ({ url }) => <span className="mono">{url}</span> },
  { head: 'Told of', cell: ({ types }) => (types === null ? 'Everything' : types.join(', ')) },
  { head: 'Since', cell: ({ created_at: at }) => <Time at={at} />, small: 'drop' },
];

/** Who is told of calls as they happen. */
export function WebhooksPage() {
  const { data } = needed(useQuery(webhooksQuery));
  const [isAdding, setAdding] = useState(false);
  const add = (
    <Button look="main" onPress={() => setAdding(true)}>
      <Plus aria-hidden /> Add a webhook
    </Button>
  );
  return (
    <Page
      title="Webhooks"
      says="Where messages go about calls, as they happen: signed, and sent again until they arrive."
      acts={add}
    >
      {data === undefined ? (
        <Loading />
      ) : data.items.length === 0 ? (
        <Empty
          title="No webhook yet"
          says="Add the URL of a program of yours, and it is told when a phone rings, is answered, and when a call is over."
        />
      ) : (
        <Table label="Webhooks" columns={COLUMNS} rows={data.items} keyOf={({ id }) => id} />
      )}
      <AddWebhook isOpen={isAdding} onClose={() => setAdding(false)} />
    </Page>
  );
}
