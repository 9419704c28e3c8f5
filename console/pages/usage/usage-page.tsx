import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { Usage } from '../../../contract/v3/usage.ts';
import { systemClock } from '../../../src/kit/clock.ts';
import { needed } from '../../api/needed.ts';
import { usageQuery } from '../../api/call-queries.ts';
import { CallStatus } from '../../ui/call-status.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { countText, rateText, talkText, waitText } from './figures.ts';
import { PeriodTable } from './period-table.tsx';
import { asked, SPANS, type SpanName } from './span.ts';
import { mendLanguage } from './usable-language.ts';
import './usage.css';

/** The plotting library comes when there is something to plot. Where a browser can not run it, the numbers are there all the same. */
const Plots = lazy(() => {
  mendLanguage(navigator);
  return import('./plots.tsx').then(
    ({ Plots }) => ({ default: Plots }),
    () => ({ default: () => <></> }),
  );
});

/** How many calls, and what they came to. */
export function UsagePage() {
  const { span = 'month' } = useSearch({ from: '/inside/usage' });
  const [nowMicros] = useState(() => systemClock.nowMicros());
  const { data } = needed(
    useQuery({
      ...usageQuery(asked(span, nowMicros / 1000)),
      placeholderData: (before) => before,
    }),
  );
  return (
    <Page
      title="Usage"
      says="Calls that are over, at the time at which they were asked for. Days are those of UTC."
      acts={<SpanChoice chosen={span} />}
    >
      {data === undefined ? <Loading /> : <Shown usage={data} />}
    </Page>
  );
}

function SpanChoice({ chosen }: { readonly chosen: SpanName }) {
  return (
    <nav className="spans" aria-label="How far back">
      {Object.entries(SPANS).map(([name, { label }]) => (
        <Link
          key={name}
          to="/usage"
          search={{ span: name as SpanName }}
          replace
          className="span"
          aria-current={name === chosen ? 'true' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

function Shown({ usage }: { readonly usage: Usage }) {
  const { total } = usage;
  if (total.calls === 0)
    return <Empty title="No calls in this time" says="Each call is counted here as soon as it is over." />;
  return (
    <>
      <dl className="figures">
        <Figure name="Calls" value={countText(total.calls)} />
        <Figure
          name="Answered"
          value={rateText(total.answer_rate)}
          more={`${countText(total.answered)} of ${countText(total.calls)}`}
        />
        <Figure
          name="Time to answer"
          value={waitText(total.time_to_answer?.p50)}
          more={`nine of ten within ${waitText(total.time_to_answer?.p90)}`}
        />
        <Figure name="Talk" value={talkText(total)} />
      </dl>
      <Suspense fallback={<Loading />}>
        <Plots usage={usage} />
      </Suspense>
      <Panel title="What they came to">
        <Dispositions total={total} />
      </Panel>
      <PeriodTable usage={usage} />
    </>
  );
}

function Figure({
  name,
  value,
  more,
}: {
  readonly name: string;
  readonly value: string;
  readonly more?: string;
}) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd className="figure-value numbers">{value}</dd>
      {more !== undefined && <dd className="muted small numbers">{more}</dd>}
    </div>
  );
}

function Dispositions({ total }: { readonly total: Usage['total'] }) {
  const counts = Object.entries(total.dispositions) as [keyof typeof total.dispositions, number][];
  const shown = counts.filter(([, count]) => count > 0).toSorted(([, a], [, b]) => b - a);
  return (
    <ul className="shares">
      {shown.map(([disposition, count]) => (
        <li key={disposition} className="share">
          <Link to="/calls" search={{ disposition }} className="share-name">
            <CallStatus call={{ state: 'ended', disposition }} />
          </Link>
          <span className="share-track" aria-hidden>
            <span
              className={`share-bar share-${disposition}`}
              style={{ width: `${(count / total.calls) * 100}%` }}
            />
          </span>
          <span className="share-count numbers">
            {countText(count)} <span className="muted">{rateText(count / total.calls)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
