import { LANES, type Arrow, type Lane, type Row } from '../ladder/rows.ts';
import { visible } from './terminal.ts';

const WIDTH = 100;
const COLUMNS: Readonly<Record<Lane, number>> = { us: 12, pbx: 52, first: 73, second: 94 };
const TEXT_AT = COLUMNS.us + 2;
const ALL_COLUMNS = LANES.map((lane) => COLUMNS[lane]);

/** Draws a ladder 100 characters wide: times in seconds since `startMicros`, a lane for each, an arrow a message. */
export function drawLadder(
  names: Readonly<Record<Lane, string>>,
  rows: readonly Row[],
  startMicros: number,
): string {
  const heading = blank();
  for (const lane of LANES) {
    const name = cut(visible(names[lane]), 19);
    const at = Math.min(COLUMNS[lane] - Math.floor(name.length / 2), WIDTH - name.length);
    put(heading, at, name);
  }
  const lines = rows.flatMap((row) => linesOf(row, startMicros));
  return [heading, lanes(), ...lines, lanes()].map((line) => line.join('').trimEnd()).join('\n');
}

function linesOf({ atMicros, arrows, text }: Row, startMicros: number): string[][] {
  const [first = '', ...more] = text === undefined ? [''] : wrapped(visible(text), WIDTH - TEXT_AT);
  const line = lanes();
  put(line, 0, `${((atMicros - startMicros) / 1_000_000).toFixed(3).padStart(8)} s`);
  for (const arrow of arrows) putArrow(line, arrow);
  if (text !== undefined) put(line, COLUMNS.us, `● ${first}`);
  return [line, ...more.map((rest) => put(lanes(), TEXT_AT, rest))];
}

/** The words stand in the last gap that it goes through, where no lane is crossed. */
function putArrow(line: string[], { from, to, says, isBothWays }: Arrow): void {
  const isRightwards = COLUMNS[from] < COLUMNS[to];
  const [left, right] = isRightwards ? [COLUMNS[from], COLUMNS[to]] : [COLUMNS[to], COLUMNS[from]];
  for (let at = left + 1; at < right; at++) line[at] = ALL_COLUMNS.includes(at) ? '┼' : '─';
  if (isRightwards || isBothWays === true) line[right - 1] = '▶';
  if (!isRightwards || isBothWays === true) line[left + 1] = '◀';
  const lanesIn = ALL_COLUMNS.filter((at) => at >= left && at <= right);
  const gapLeft = lanesIn.at(-2) ?? left;
  const room = right - gapLeft - 1;
  const label = ` ${cut(visible(says), room - 6)} `;
  put(line, gapLeft + 1 + Math.floor((room - label.length) / 2), label);
}

function blank(): string[] {
  return Array.from({ length: WIDTH }, () => ' ');
}

function lanes(): string[] {
  const line = blank();
  for (const at of ALL_COLUMNS) line[at] = '│';
  return line;
}

function put(line: string[], at: number, text: string): string[] {
  for (const [index, char] of Array.from(text).entries()) line[at + index] = char;
  return line;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Broken at blanks; a word that is too long for a line is broken within. No line for no text. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(...(word.match(new RegExp(`.{1,${width}}`, 'gu')) ?? []));
  }
  return lines;
}
