import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, Clock, X } from 'lucide-react';
import type { Delivery } from '../../../contract/v3/webhook.ts';
import { ask } from '../../api/client.ts';
import { needed } from '../../api/needed.ts';
import { deliveriesQuery } from '../../api/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Loading } from '../../ui/loading.tsx';
import { nowMs } from '../../ui/now.ts';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { toastFault } from '../../ui/toast.tsx';

/** What was sent to a webhook, with what its receiver answered. */
export function Deliveries({ id, isPaused }: { readonly id: string; readonly isPaused: boolean }) {
  const { data } = needed(useQuery(deliveriesQuery(id)));
  if (data === undefined) return <Loading />;
  if (data.items.length === 0)
    return (
      <Empty title="Nothing was sent yet" says="Make a call, or send a test, and its delivery stands here." />
    );
  const columns: readonly Column<Delivery>[] = [
    ...COLUMNS,
    {
      head: 'Acts',
      headless: true,
      align: 'right',
      cell: (delivery) => !isPaused && <Resend webhook={id} delivery={delivery} />,
    },
  ];
  return <Table label="Deliveries" columns={columns} rows={data.items} keyOf={(delivery) => delivery.id} />;
}

const STATES = {
  pending: { tone: 'live', icon: Clock, word: 'On its way' },
  waiting: { tone: 'warn', icon: Clock, word: 'Next try' },
  delivered: { tone: 'good', icon: Check, word: 'Delivered' },
  given_up: { tone: 'bad', icon: X, word: 'Given up' },
} as const;

const COLUMNS: readonly Column<Delivery>[] = [
  {
    head: 'What',
    cell: ({ type, call_id: call }) =>
      call === null ? (
        <code>{type}</code>
      ) : (
        <Link to="/calls/$id" params={{ id: call }}>
          <code>{type}</code>
        </Link>
      ),
    small: 'title',
  },
  {
    head: 'State',
    cell: (delivery) => <DeliveryState delivery={delivery} />,
    small: 'aside',
  },
  { head: 'Told at', cell: ({ created_at: at }) => <Time at={at} /> },
  { head: 'Last answer', cell: (delivery) => <LastAnswer delivery={delivery} /> },
  { head: 'Tries', cell: ({ attempts }) => attempts.length, align: 'right' },
];

function DeliveryState({
  delivery: { state, attempts, next_attempt_at: next },
}: {
  readonly delivery: Delivery;
}) {
  const isWaiting = state === 'pending' && attempts.length > 0 && next !== null && Date.parse(next) > nowMs();
  const { tone, icon, word } = STATES[isWaiting ? 'waiting' : state];
  return (
    <>
      <Badge tone={tone} icon={icon}>
        {word}
      </Badge>
      {isWaiting && (
        <div className="muted">
          at <Time at={next} />
        </div>
      )}
    </>
  );
}

/** Characters of an answer that stand behind its status: most say `ok`. */
const SHORT = 24;

function LastAnswer({ delivery: { attempts } }: { readonly delivery: Delivery }) {
  const last = attempts.at(-1);
  if (last === undefined) return <span className="muted">none yet</span>;
  const { status, error, response, duration_ms: ms } = last;
  const Said = (response ?? '').length <= SHORT ? 'span' : 'div';
  return (
    <>
      {status ?? error} <span className="muted">in {Math.round(ms)} ms </span>
      {status !== null && error !== null && <div className="muted">{error}</div>}
      {response !== null && response !== '' && <Said className="mono muted">{response.slice(0, 120)}</Said>}
    </>
  );
}

function Resend({
  webhook,
  delivery: { id, type },
}: {
  readonly webhook: string;
  readonly delivery: Delivery;
}) {
  const queries = useQueryClient();
  const resend = useMutation({
    mutationFn: () => ask('POST', `/v3/webhooks/${webhook}/deliveries/${id}/resend`),
    onError: toastFault,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks', webhook] }),
  });
  return (
    <Button
      look="quiet"
      size="small"
      aria-label={`Send again: ${type}`}
      isPending={resend.isPending}
      onPress={() => resend.mutate()}
    >
      Send again
    </Button>
  );
}
