import type { UsageSpan } from '../../api/call-queries.ts';

/** What the usage can be looked at for, by the name in the URL. */
export const SPANS = {
  day: { label: '24 hours', days: 1, by: 'hour' },
  week: { label: '7 days', days: 7, by: 'hour' },
  month: { label: '30 days', days: 30, by: 'day' },
  quarter: { label: '90 days', days: 90, by: 'day' },
  year: { label: 'A year', days: 365, by: 'day' },
} as const;
export type SpanName = keyof typeof SPANS;

export function spanOf({ span }: Readonly<Record<string, unknown>>): { readonly span?: SpanName } {
  const name = Object.keys(SPANS).find((each): each is SpanName => each === span);
  return name === undefined ? {} : { span: name };
}

const HOUR_MS = 3_600_000;

/** Until now, in whole hours: so a page that is opened again asks for the same. */
export function asked(name: SpanName, nowMs: number): UsageSpan {
  const { by, days } = SPANS[name];
  const hour = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  // The hour or the day that goes on is the last one.
  return { by, from: new Date(hour - (days * 24 - 1) * HOUR_MS).toISOString() };
}
