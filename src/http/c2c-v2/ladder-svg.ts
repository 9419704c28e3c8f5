import type { Call } from '../../../contract/v3/call.ts';
import { layOut, type LaidOut, type PlacedRow } from '../../ladder/lay-out.ts';
import { LANES, type Arrow, type Lane, type Row } from '../../ladder/rows.ts';
import { escapeHtml } from '../page-safety.ts';

/*
 * A call's ladder as a picture that needs no script: SVG within the page, whose looks are in the page's own style. Every word in
 * it is text of somebody else's, and stays text.
 */

const WIDTH = 720;
const COLUMNS: Readonly<Record<Lane, number>> = { us: 84, pbx: 352, first: 520, second: 680 };
const HEADS_HEIGHT = 28;
/** A line stands under its words. */
const LINE_BELOW = 7;
/** Pixels that a character takes. */
const CHAR = 6.4;

/** @param rows as `rowsOf` gives them */
export function ladderSvg(call: Call, rows: readonly Row[], nowMicros: number): string {
  const laid = layOut(call, rows, nowMicros);
  const start = rows[0]?.atMicros ?? 0;
  const height = laid.height + HEADS_HEIGHT;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" aria-hidden="true">`,
    ...heads(call),
    `<g transform="translate(0 ${HEADS_HEIGHT})">`,
    ...LANES.map((lane) => line('lane', COLUMNS[lane], 0, COLUMNS[lane], laid.height)),
    ...laid.bars.map(barOf),
    ...laid.breaks.flatMap(breakOf),
    ...laid.rows.flatMap((row) => rowOf(row, start)),
    '</g></svg>',
  ].join('');
}

function heads({ dial_first: first, dial_second: second }: Call): string[] {
  const names: Readonly<Record<Lane, string>> = {
    us: 'us',
    pbx: 'the PBX',
    first: first ?? 'first',
    second: second ?? 'second',
  };
  return LANES.map((lane) => text('head', COLUMNS[lane], 16, cut(names[lane], 16)));
}

function rowOf({ y, atMicros, arrows, text: says }: PlacedRow, start: number): string[] {
  const seconds = ((atMicros - start) / 1_000_000).toFixed(3);
  return [
    text('time', COLUMNS.us - 16, y + 4, seconds),
    ...(says === undefined
      ? []
      : [
          `<circle class="dot" cx="${COLUMNS.us}" cy="${y}" r="3"/>`,
          text('note', COLUMNS.us + 10, y + 4, cut(says, 92)),
        ]),
    ...arrows.flatMap((arrow) => arrowOf(arrow, y + LINE_BELOW)),
  ];
}

function arrowOf(arrow: Arrow, y: number): string[] {
  const [from, to] = [COLUMNS[arrow.from], COLUMNS[arrow.to]];
  const step = to > from ? 1 : -1;
  const [start, end] = [from + step * 5, to - step * 5];
  const kind = kindOf(arrow);
  const head = (at: number, way: number) =>
    `<path class="${kind}" d="M${at - way * 5} ${y - 4}L${at} ${y}L${at - way * 5} ${y + 4}"/>`;
  // The words stand in the last gap that it goes through, where no lane is crossed.
  const right = Math.max(LANES.indexOf(arrow.from), LANES.indexOf(arrow.to));
  const [left, edge] = [COLUMNS[LANES[right - 1] ?? 'us'], COLUMNS[LANES[right] ?? 'second']];
  return [
    line(kind, start, y, end, y),
    head(end, step),
    ...(arrow.isBothWays === true ? [head(start, -step)] : []),
    text(`says ${kind}`, (left + edge) / 2, y - 5, cut(arrow.says, Math.floor((edge - left - 20) / CHAR))),
  ];
}

function kindOf({ from, to, says, isBothWays }: Arrow): string {
  if (isBothWays === true) return 'joined';
  if (from === 'us') return 'sent';
  if (to === 'us') return 'heard';
  return ['call', 'rings', 'answers', 'hangs up', 'over'].includes(says) ? 'phone' : 'ends';
}

function barOf({ lane, doing, y, height }: LaidOut['bars'][number]): string {
  return `<rect class="${doing}" x="${COLUMNS[lane] - 3}" y="${y + LINE_BELOW}" width="6" height="${Math.max(height, 2)}" rx="2"/>`;
}

/** Time was cut out here. */
function breakOf({ y, seconds }: LaidOut['breaks'][number]): string[] {
  const gap = (lane: Lane) =>
    `<rect class="gap" x="${COLUMNS[lane] - 5}" y="${y + 5}" width="10" height="8"/>`;
  const marks = LANES.map(
    (lane) => `${gap(lane)}<path class="cut" d="M${COLUMNS[lane] - 6} ${y + 12}l4 -6l4 6l4 -6"/>`,
  );
  return [...marks, text('time later', COLUMNS.us - 16, y + 13, `${seconds.toFixed(1)} s`)];
}

function line(kind: string, x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}

function text(kind: string, x: number, y: number, says: string): string {
  return `<text class="${kind}" x="${x}" y="${y}">${escapeHtml(says)}</text>`;
}

function cut(says: string, length: number): string {
  return says.length <= length ? says : `${says.slice(0, length - 1)}…`;
}

export const LADDER_STYLE = `
svg { display: block; min-width: 640px; max-width: 100%; height: auto; font: 12px var(--sans) }
svg line, svg path { fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round }
text, circle { fill: currentColor }
.head { font-weight: 600; text-anchor: middle }
.time { fill: var(--muted); font-size: 11px; font-variant-numeric: tabular-nums; text-anchor: end }
.later { font-style: italic }
.note { paint-order: stroke; stroke: var(--surface); stroke-width: 4px }
.says { font-size: 11px; text-anchor: middle }
.says.sent, .says.heard { font-family: var(--mono); font-size: 10.5px }
svg .lane { stroke: var(--line) }
svg .gap { fill: var(--surface) }
svg .cut { stroke: var(--edge) }
.sent { color: var(--accent) }
.heard { color: var(--muted) }
.ends { color: var(--bad); font-weight: 600 }
.joined { color: var(--good); font-weight: 600 }
.ringing { fill: var(--warn) }
.answered { fill: var(--surface); stroke: var(--good) }
.talking { fill: var(--good) }
`;
