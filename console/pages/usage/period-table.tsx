import type { Usage, UsagePeriod } from '../../../contract/v3/usage.ts';
import { Table, type Column } from '../../ui/table.tsx';
import { countText, periodText, rateText, talkText, waitText } from './figures.ts';

/** What the plots show, in numbers: for screen readers, and for whoever wants to know exactly. */
export function PeriodTable({ usage }: { readonly usage: Usage }) {
  const rows = usage.periods.filter(({ calls }) => calls > 0).toReversed();
  return (
    <details className="periods">
      <summary>In numbers, by the {usage.by}</summary>
      <Table
        label={`Usage by the ${usage.by}`}
        columns={columnsOf(usage.by)}
        rows={rows}
        keyOf={({ from }) => from}
      />
    </details>
  );
}

function columnsOf(by: Usage['by']): readonly Column<UsagePeriod>[] {
  return [
    { head: by === 'day' ? 'Day' : 'Hour', cell: (each) => periodText(each, by), small: 'title' },
    { head: 'Calls', cell: ({ calls }) => countText(calls), align: 'right', small: 'aside' },
    { head: 'Answered', cell: ({ answered }) => countText(answered), align: 'right' },
    { head: 'Answer rate', cell: ({ answer_rate: rate }) => rateText(rate), align: 'right' },
    { head: 'Time to answer', cell: ({ time_to_answer: wait }) => waitText(wait?.p50), align: 'right' },
    { head: 'Nine of ten', cell: ({ time_to_answer: wait }) => waitText(wait?.p90), align: 'right' },
    { head: 'Talk', cell: talkText, align: 'right' },
  ];
}
