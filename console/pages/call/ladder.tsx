import { type KeyboardEvent, useRef } from 'react';
import type { Call } from '../../../contract/v3/call.ts';
import type { LaidOut, PlacedRow } from '../../../src/ladder/lay-out.ts';
import { LANES, type Lane } from '../../../src/ladder/rows.ts';
import { columnsOf, gapOf, inWords, kindOf, type Columns } from './lanes.ts';
import { HALF, LadderPicture } from './ladder-picture.tsx';
import { secondsText, visibleText } from '../../parts/moments.ts';
import { useWidth } from '../../ui/use-width.ts';
import './ladder.css';

interface Chosen {
  /** The index of the row that is open. */
  readonly chosen: number;
  readonly choose: (index: number) => void;
}

/**
 * A call as a ladder between us, the PBX and the two phones, drawn to time. It is a list in the order of time as well: each row
 * is a button that opens what was said, and the arrow keys go from one to the next.
 */
export function Ladder({
  call,
  laid,
  chosen,
  choose,
}: { readonly call: Call; readonly laid: LaidOut } & Chosen) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const list = useRef<HTMLOListElement>(null);
  const columns = columnsOf(width);
  const startMicros = Date.parse(call.asked_at) * 1000 + Number(call.asked_at.slice(23, 26));
  const go = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const next = Math.min(Math.max(chosen + step, 0), laid.rows.length - 1);
    choose(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className="ladder" ref={frame}>
      <LaneHeads call={call} columns={columns} />
      <div className="ladder-body" style={{ height: laid.height }}>
        {width > 0 && <LadderPicture laid={laid} columns={columns} width={width} />}
        <ol className="ladder-rows" ref={list} aria-label="What happened, in the order of time">
          {laid.rows.map((row, index) => (
            // What was written down stays where it is.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index} className="ladder-row" style={{ top: row.y - HALF, height: HALF * 2 }}>
              <button
                type="button"
                className="ladder-open"
                aria-expanded={index === chosen}
                aria-controls="exchange"
                tabIndex={index === chosen ? 0 : -1}
                onClick={() => choose(index)}
                onKeyDown={go}
              >
                <RowWords row={row} columns={columns} startMicros={startMicros} />
              </button>
            </li>
          ))}
        </ol>
        {laid.breaks.map(({ y, seconds }) => (
          <span key={y} className="ladder-later" style={{ top: y }} aria-hidden>
            {secondsText(seconds)}
          </span>
        ))}
      </div>
    </div>
  );
}

function LaneHeads({ call, columns }: { readonly call: Call; readonly columns: Columns }) {
  const names: Readonly<Record<Lane, string>> = {
    us: 'us',
    pbx: call.pbx ?? 'PBX',
    first: call.dial_first ?? 'first',
    second: call.dial_second ?? 'second',
  };
  return (
    <div className="ladder-heads" aria-hidden>
      {LANES.map((lane) => (
        <span key={lane} className={`ladder-head ladder-head-${lane}`} style={{ left: columns[lane] }}>
          {names[lane]}
        </span>
      ))}
    </div>
  );
}

function RowWords({
  row,
  columns,
  startMicros,
}: {
  readonly row: PlacedRow;
  readonly columns: Columns;
  readonly startMicros: number;
}) {
  const seconds = ((row.atMicros - startMicros) / 1_000_000).toFixed(3);
  return (
    <>
      <span className="ladder-time numbers">
        {seconds}
        <span className="unseen"> s: </span>
      </span>
      {row.text !== undefined && (
        <span
          className="ladder-text"
          style={{ left: columns.us + 10, maxWidth: `calc(100% - ${columns.us + 10}px)` }}
        >
          {visibleText(row.text)}
        </span>
      )}
      {row.arrows.map((arrow) => (
        <span
          key={`${arrow.from} ${arrow.to}`}
          className={`ladder-says ladder-says-${kindOf(arrow)}`}
          style={gapOf(arrow, columns)}
        >
          <span className="unseen">{inWords({ ...arrow, says: '' })}</span>
          {visibleText(arrow.says)}
        </span>
      ))}
    </>
  );
}
