import { isReached, tidy, type Row } from './row.ts';

const HEAD = ['figure', 'ours', 'other', 'result: median (min–max)', 'target', 'reached'];

/** The rows as a Markdown table whose columns stand under each other, for a terminal and for the README alike. */
export function table(rows: readonly Row[]): string {
  const cells = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  const [head = HEAD, ...body] = cells;
  return [head, rule, ...body]
    .map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}

function cellsOf(row: Row): string[] {
  const { median, min, max } = row.result;
  const unit = row.unit === '' ? '' : ` ${row.unit}`;
  return [
    row.figure,
    row.ours,
    row.other,
    `${tidy(median)} (${tidy(min)}–${tidy(max)})${unit}`,
    row.target === undefined ? '' : `${row.target.is === 'at least' ? '≥' : '≤'} ${row.target.value}${unit}`,
    row.target === undefined ? '' : isReached(row, row.target) ? 'yes' : 'NO',
  ];
}
