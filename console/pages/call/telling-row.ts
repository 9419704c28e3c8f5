import type { Call } from '../../../contract/v3/call.ts';
import type { Row } from '../../../src/ladder/rows.ts';

/** The row that tells most of a call, to be open before anybody has chosen: what went wrong, or else the order. */
export function tellingRow({ state, disposition }: Call, rows: readonly Row[]): number {
  if (state !== 'ended' && state !== 'unknown') return Math.max(rows.length - 1, 0);
  const answered = rows.findIndex(({ text }) => text?.startsWith('answered: ') === true);
  const before = rows.slice(0, Math.max(answered, 0));
  const said = (by: 'us' | 'pbx') =>
    before.findLastIndex(({ arrows }) => arrows.some(({ from, to }) => from === by && to !== 'first'));
  if (rows[answered]?.text?.startsWith('answered: fail') === true)
    return said('pbx') < 0 ? answered : said('pbx');
  if (disposition === 'answered') return Math.max(said('us'), 0);
  const failed = rows.findIndex(({ arrows }) =>
    arrows.some((arrow) => isEnd(arrow.says, arrow.from, arrow.to)),
  );
  return Math.max(failed, 0);
}

/** A phone's end that was no end of a talk. */
function isEnd(says: string, from: string, to: string): boolean {
  const isOfPhone = from !== 'us' && to !== 'us' && (from === 'pbx' || to === 'pbx');
  return isOfPhone && !['call', 'rings', 'answers', 'hangs up', 'over'].includes(says);
}
