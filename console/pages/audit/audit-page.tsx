import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditAct } from '../../../contract/v3/audit.ts';
import { needed } from '../../api/needed.ts';
import { auditQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import './audit.css';

/** Characters that fit a line of the table at any width. */
const SHORT = 60;

const COLUMNS: readonly Column<AuditAct>[] = [
  { head: 'What', cell: ({ action }) => <code>{action}</code>, small: 'title' },
  { head: 'Who', cell: ({ by }) => <Who says={by.label ?? `${by.kind} ${by.name}`} /> },
  { head: 'Of it', cell: ({ detail }) => <Detail text={detailInWords(detail)} />, takesRest: true },
  {
    head: 'On what',
    cell: ({ subject }) => <code className="muted audit-subject">{subject}</code>,
    small: 'drop',
  },
  { head: 'When', cell: ({ at }) => <Time at={at} />, align: 'right', small: 'aside' },
];

/** Who did what in the account: a chain in which nothing can be changed unseen. */
export function AuditPage() {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = needed(useInfiniteQuery(auditQuery));
  const acts = data?.pages.flatMap(({ items }) => items);
  return (
    <Page
      title="Audit"
      says="Who did what in this account. Each act is chained to the one before it, so that none can be changed or taken out unseen."
    >
      {acts === undefined ? (
        <Loading />
      ) : (
        <>
          <Table label="Acts" columns={COLUMNS} rows={acts} keyOf={({ position }) => String(position)} />
          {hasNextPage && (
            <div>
              <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
                Earlier ones
              </Button>
            </div>
          )}
        </>
      )}
    </Page>
  );
}

function Who({ says }: { readonly says: string }) {
  return (
    <span className="audit-who" title={says}>
      {says}
    </span>
  );
}

/** One line, which opens where it is longer: rows are to be run over by the eye. */
function Detail({ text }: { readonly text: string }) {
  if (text.length <= SHORT) return <span className="words muted">{text}</span>;
  return (
    <details className="words muted">
      <summary className="audit-detail">{text}</summary>
    </details>
  );
}

function detailInWords(detail: AuditAct['detail']): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${wordsOf(value)}`)
    .join(', ');
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
