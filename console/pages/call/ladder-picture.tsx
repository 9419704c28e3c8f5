import { ROW_HEIGHT, type LaidOut } from '../../../src/ladder/lay-out.ts';
import { LANES, type Arrow } from '../../../src/ladder/rows.ts';
import { kindOf, type Columns } from './lanes.ts';

/** A line stands under its words. */
const LINE_BELOW = 8;
const BREAK = 7;
const HEAD = 5;

/** The lines of a ladder. Its words stand over it, as text; for those who do not see it they are all there is. */
export function LadderPicture({
  laid: { rows, breaks, bars, height },
  columns,
  width,
}: {
  readonly laid: LaidOut;
  readonly columns: Columns;
  readonly width: number;
}) {
  return (
    <svg className="ladder-picture" width={width} height={height} aria-hidden>
      <defs>
        <pattern
          id="ringing"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="3" height="6" className="ladder-hatch" />
        </pattern>
      </defs>
      {LANES.map((lane) => (
        <line key={lane} className="ladder-lane" x1={columns[lane]} x2={columns[lane]} y1={0} y2={height} />
      ))}
      {bars.map(({ lane, doing, y, height: long }) => (
        <rect
          key={`${lane} ${doing}`}
          className={`ladder-bar ladder-bar-${doing}`}
          x={columns[lane] - 4}
          y={y + LINE_BELOW}
          width={8}
          height={Math.max(long, 2)}
          rx={2}
        />
      ))}
      {breaks.map(({ y }) => (
        <g key={y}>
          {LANES.map((lane) => (
            <BreakMark key={lane} x={columns[lane]} y={y + LINE_BELOW} />
          ))}
        </g>
      ))}
      {rows.map((row) => (
        <g key={`${row.atMicros} ${row.y}`}>
          {row.text !== undefined && <circle className="ladder-dot" cx={columns.us} cy={row.y} r={3.5} />}
          {row.arrows.map((arrow) => (
            <ArrowLine
              key={`${arrow.from} ${arrow.to}`}
              arrow={arrow}
              columns={columns}
              y={row.y + LINE_BELOW}
            />
          ))}
        </g>
      ))}
    </svg>
  );
}

/** Time was cut out here. */
function BreakMark({ x, y }: { readonly x: number; readonly y: number }) {
  const across = `M${x - 7} ${y + 3}l4.67 -6l4.67 6l4.67 -6`;
  return (
    <>
      <rect className="ladder-gap" x={x - 6} y={y - BREAK / 2 - 1} width={12} height={BREAK + 2} />
      <path className="ladder-break" d={across} />
    </>
  );
}

function ArrowLine({
  arrow,
  columns,
  y,
}: {
  readonly arrow: Arrow;
  readonly columns: Columns;
  readonly y: number;
}) {
  const [from, to] = [columns[arrow.from], columns[arrow.to]];
  const step = to > from ? 1 : -1;
  const end = to - step * 5;
  const start = from + step * 5;
  const head = (at: number, way: number) =>
    `M${at - way * HEAD} ${y - HEAD}L${at} ${y}L${at - way * HEAD} ${y + HEAD}`;
  return (
    <g className={`ladder-arrow ladder-${kindOf(arrow)}`}>
      <line x1={start} x2={end} y1={y} y2={y} />
      <path d={head(end, step)} />
      {arrow.isBothWays === true && <path d={head(start, -step)} />}
    </g>
  );
}

/** How far above and below its middle a row reaches. */
export const HALF = ROW_HEIGHT / 2;
