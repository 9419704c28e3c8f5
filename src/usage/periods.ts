import type { Disposition } from '../../contract/call-words.ts';
import type { UsageCount, UsageQuery } from './ports.ts';
import { NO_WAIT, secondsOfClass } from './wait-class.ts';

/** What the calls of a period came to. */
export interface UsageSum {
  readonly calls: number;
  readonly answered: number;
  /** 0 to 1; null without calls. */
  readonly answerRate: number | null;
  /** Seconds; null where nobody talked. */
  readonly timeToAnswer: { readonly p50: number; readonly p90: number } | null;
  readonly talkMicros: number;
  readonly dispositions: Readonly<Partial<Record<Disposition, number>>>;
}

export interface UsagePeriod extends UsageSum {
  /** The number of its first hour since 1970. */
  readonly hour: number;
}

/** Every period that was asked for, also those without calls, and all of them together. */
export function periodsOf(
  { fromHour, toHour, hours }: Pick<UsageQuery, 'fromHour' | 'toHour' | 'hours'>,
  counts: readonly UsageCount[],
): { readonly total: UsageSum; readonly periods: readonly UsagePeriod[] } {
  const byHour = Map.groupBy(counts, ({ hour }) => hour);
  const starts = Array.from(
    { length: Math.ceil((toHour - fromHour) / hours) },
    (_, index) => fromHour + index * hours,
  );
  const periods = starts.map((hour) => ({ hour, ...sumOf(byHour.get(hour) ?? []) }));
  return { total: sumOf(counts), periods };
}

function sumOf(counts: readonly UsageCount[]): UsageSum {
  const dispositions: Partial<Record<Disposition, number>> = {};
  let [calls, talkMicros] = [0, 0];
  for (const count of counts) {
    calls += count.calls;
    talkMicros += count.talkMicros;
    dispositions[count.disposition] = (dispositions[count.disposition] ?? 0) + count.calls;
  }
  const answered = dispositions.answered ?? 0;
  return {
    calls,
    answered,
    answerRate: calls === 0 ? null : answered / calls,
    timeToAnswer: timeToAnswerOf(counts),
    talkMicros,
    dispositions,
  };
}

function timeToAnswerOf(counts: readonly UsageCount[]): UsageSum['timeToAnswer'] {
  const waits = counts
    .filter(({ waitClass }) => waitClass !== NO_WAIT)
    .toSorted((a, b) => a.waitClass - b.waitClass);
  const all = waits.reduce((sum, { calls }) => sum + calls, 0);
  if (all === 0) return null;
  return { p50: percentile(waits, all * 0.5), p90: percentile(waits, all * 0.9) };
}

/** The time within which so many of the calls were answered. */
function percentile(waits: readonly UsageCount[], wanted: number): number {
  let seen = 0;
  for (const { waitClass, calls } of waits) {
    seen += calls;
    if (seen >= wanted) return secondsOfClass(waitClass);
  }
  return 0;
}
