import type { Arrow, Lane } from '../../../src/ladder/rows.ts';

/** Where the lanes stand across the picture, in pixels. */
export type Columns = Readonly<Record<Lane, number>>;

/** What is left of the first lane, for the times. */
export const GUTTER = { wide: 76, narrow: 50 } as const;

/** Most of the width is between us and the PBX, where messages have names. */
export function columnsOf(width: number): Columns {
  const isNarrow = width < 560;
  const left = (isNarrow ? GUTTER.narrow : GUTTER.wide) + 12;
  const right = width - (isNarrow ? 16 : 36);
  const part = (share: number) => Math.round(left + (right - left) * share);
  return isNarrow
    ? { us: left, pbx: part(0.44), first: part(0.73), second: right }
    : { us: left, pbx: part(0.46), first: part(0.735), second: right };
}

const ORDER: readonly Lane[] = ['us', 'pbx', 'first', 'second'];

/** The last gap that an arrow goes through: there its words cross no lane. */
export function gapOf(
  { from, to }: Arrow,
  columns: Columns,
): { readonly left: number; readonly width: number } {
  const [a, b] = [ORDER.indexOf(from), ORDER.indexOf(to)];
  const right = Math.max(a, b);
  const [end, start] = [columns[ORDER[right] ?? 'second'], columns[ORDER[right - 1] ?? 'us']];
  return { left: start + 8, width: Math.max(end - start - 16, 0) };
}

/** What an arrow is, for the colour that it has. */
export function kindOf({
  from,
  to,
  says,
  isBothWays,
}: Arrow): 'sent' | 'heard' | 'phone' | 'ends' | 'joined' {
  if (isBothWays === true) return 'joined';
  if (from === 'us') return 'sent';
  if (to === 'us') return 'heard';
  return ['call', 'rings', 'answers', 'hangs up', 'over'].includes(says) ? 'phone' : 'ends';
}

const NAMES: Readonly<Record<Lane, string>> = {
  us: 'us',
  pbx: 'the PBX',
  first: 'the first phone',
  second: 'the second phone',
};

/** An arrow in words: `the PBX to us: DialEnd BUSY`. */
export function inWords({ from, to, says, isBothWays }: Arrow): string {
  return `${NAMES[from]} ${isBothWays === true ? 'and' : 'to'} ${NAMES[to]}: ${says}`;
}
