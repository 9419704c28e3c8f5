import type { CurrentCall } from './current-calls.ts';

/** A call of ours that is looked for among the box's. */
export interface Wanted {
  readonly channelId: string;
  /** Each side's number, as it was given and as the box said that it dialled it. */
  readonly first: ReadonlySet<string>;
  readonly second: ReadonlySet<string>;
  /** When the order was sent, by a clock that never steps back. */
  readonly orderedMs: number;
  /** Its row when it was last seen. */
  readonly row?: CurrentCall;
}

/** What is seen of a call: its row; that it has none; or that others between the same numbers could as well be it. */
export type Sighting = CurrentCall | 'absent' | 'not_told_apart';

/** By how much the whole seconds of a row's duration may be over. */
const SLACK_MS = 3_000;

/**
 * Finds our calls among the box's, which names none of them: by their numbers, either way round, by their age, and, once
 * found, by their row's id. What fits more than one is not guessed. Pure.
 * @param nowMs when the rows were read, by the clock of `orderedMs`
 */
export function matchCalls(
  wanted: readonly Wanted[],
  rows: readonly CurrentCall[],
  nowMs: number,
): Map<string, Sighting> {
  const seen = new Map<string, Sighting>();
  const free = new Set(rows.filter(({ id }) => id !== ''));
  for (const { channelId, row } of wanted) {
    const same = [...free].find(({ id }) => id === row?.id);
    if (same === undefined) continue;
    seen.set(channelId, same);
    free.delete(same);
  }
  const open = wanted.filter(({ channelId }) => !seen.has(channelId));
  const fitting = new Map(open.map((call) => [call, [...free].filter((row) => fits(call, row, nowMs))]));
  for (let found = pairWithoutDoubt(fitting); found !== undefined; found = pairWithoutDoubt(fitting)) {
    const [call, row] = found;
    seen.set(call.channelId, row);
    fitting.delete(call);
    for (const [other, candidates] of fitting)
      fitting.set(
        other,
        candidates.filter((each) => each !== row),
      );
  }
  for (const [{ channelId }, candidates] of fitting)
    seen.set(channelId, candidates.length === 0 ? 'absent' : 'not_told_apart');
  return seen;
}

/** A row that only one call can be, and either that call can be no other row or no other call comes in question. */
function pairWithoutDoubt(
  fitting: ReadonlyMap<Wanted, readonly CurrentCall[]>,
): [call: Wanted, row: CurrentCall] | undefined {
  for (const [call, [row, ...others]] of fitting) {
    if (row === undefined || others.length > 0) continue;
    const rivals = [...fitting].filter(([, candidates]) => candidates.includes(row));
    if (rivals.length === 1) return [call, row];
  }
  return undefined;
}

function fits({ first, second, orderedMs, row: before }: Wanted, row: CurrentCall, nowMs: number): boolean {
  const isPair = (first.has(row.from) && second.has(row.to)) || (first.has(row.to) && second.has(row.from));
  if (!isPair) return false;
  // A call that was seen is another row only where that began at the very same time.
  if (before !== undefined) return before.startTime !== '' && before.startTime === row.startTime;
  return row.lastedSeconds === undefined || row.lastedSeconds * 1000 <= nowMs - orderedMs + SLACK_MS;
}
