import { useEffect } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Usage } from '../../../contract/v3/usage.ts';
import { Panel } from '../../ui/page.tsx';
import { useWidth } from '../../ui/use-width.ts';
import { barsOf, linesOf, type Drawing } from './drawings.ts';
import { useColours } from './use-colours.ts';

/** Calls, how many of them were answered, and how long that took. All of it stands in the table too. */
export function Plots({ usage }: { readonly usage: Usage }) {
  const times = usage.periods.map(({ from }) => Date.parse(from) / 1000);
  const of = (value: (period: Usage['periods'][number]) => number | null) => usage.periods.map(value);
  const colours = useColours();
  return (
    <div className="plots">
      <Plot
        title="Calls"
        says="all, and those that were answered"
        drawing={barsOf(usage.by, colours)}
        data={[times, of(({ calls }) => calls), of(({ answered }) => answered)]}
      />
      <Plot
        title="Answer rate"
        says="in per cent"
        drawing={linesOf(usage.by, colours, { lines: 1, unit: '%', max: 100 })}
        data={[times, of(({ answer_rate: rate }) => (rate === null ? null : rate * 100))]}
      />
      <Plot
        title="Time to answer"
        says="half of the calls, and nine of ten, in seconds"
        drawing={linesOf(usage.by, colours, { lines: 2, unit: 's' })}
        data={[
          times,
          of(({ time_to_answer: wait }) => wait?.p50 ?? null),
          of(({ time_to_answer: wait }) => wait?.p90 ?? null),
        ]}
      />
    </div>
  );
}

const HEIGHT = 148;

function Plot({
  title,
  says,
  drawing,
  data,
}: {
  readonly title: string;
  readonly says: string;
  readonly drawing: Drawing;
  readonly data: UPlot.AlignedData;
}) {
  const [frame, width] = useWidth<HTMLDivElement>();
  useEffect(() => {
    if (frame.current === null || width === 0) return;
    const plot = new UPlot({ ...drawing, width, height: HEIGHT }, data, frame.current);
    return () => plot.destroy();
  }, [frame, drawing, data, width]);
  return (
    <Panel title={title}>
      <p className="plot-says muted small">{says}</p>
      <div className="plot" ref={frame} aria-hidden />
    </Panel>
  );
}
