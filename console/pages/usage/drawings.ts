import UPlot from 'uplot';
import type { Usage } from '../../../contract/v3/usage.ts';
import type { Colours } from './use-colours.ts';

/** How a plot looks; its size comes from where it stands. */
export type Drawing = Omit<UPlot.Options, 'width' | 'height'>;

/** All calls as bars, and over them those that were answered. */
export function barsOf(by: Usage['by'], colours: Colours): Drawing {
  const bars = UPlot.paths.bars?.({ size: [0.72, 28], radius: 0.12 });
  const series = (fill: string) => ({
    fill,
    stroke: fill,
    width: 0,
    ...(bars && { paths: bars }),
    points: { show: false },
  });
  return {
    ...frameOf(by, colours, ''),
    scales: { x: xOf(by), y: { range: (_plot, _min, max) => [0, Math.max(max * 1.08, 1)] } },
    series: [{}, series(colours.edge), series(colours.good)],
  };
}

/** One line or two; the first one is the one to look at. */
export function linesOf(
  by: Usage['by'],
  colours: Colours,
  { lines, unit, max }: { readonly lines: 1 | 2; readonly unit: string; readonly max?: number },
): Drawing {
  const line = (stroke: string, width: number) => ({
    stroke,
    width,
    points: { show: true, size: 3.5, fill: stroke },
  });
  return {
    ...frameOf(by, colours, unit),
    scales: { x: xOf(by), y: { range: (_plot, _min, top) => [0, max ?? Math.max(top * 1.08, 1)] } },
    series: [{}, line(colours.accent, 2), line(colours.edge, 1.25)].slice(0, 1 + lines),
  };
}

function xOf(by: Usage['by']): UPlot.Scale {
  const half = by === 'day' ? 43_200 : 1_800;
  return { time: true, range: (_plot, min, max) => [min - half, max + half] };
}

function frameOf(by: Usage['by'], colours: Colours, unit: string): Omit<Drawing, 'series'> {
  const font = `11px ${colours.font}`;
  const axis = { stroke: colours.muted, font, ticks: { show: false } };
  return {
    // A date under the last period is wider than that.
    padding: [8, 24, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    ...(by === 'day' && { tzDate: (seconds: number) => UPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') }),
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        space: 64,
        values: (_plot, splits) => splits.map(dateText(by)),
      },
      {
        ...axis,
        grid: { stroke: colours.line, width: 1 },
        size: 44,
        space: 32,
        values: (_plot, splits) =>
          splits.map((each) => `${each.toLocaleString('en-GB')}${unit && ` ${unit}`}`),
      },
    ],
  };
}

function dateText(by: Usage['by']): (seconds: number) => string {
  const day = new Intl.DateTimeFormat('en-GB', {
    day: '2-digit',
    month: 'short',
    ...(by === 'day' && { timeZone: 'UTC' }),
  });
  const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
  return (seconds) => {
    const date = new Date(seconds * 1000);
    return by === 'hour' && date.getHours() !== 0 ? hour.format(date) : day.format(date);
  };
}
