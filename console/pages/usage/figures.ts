import type { Usage, UsagePeriod } from '../../../contract/v3/usage.ts';
import { briefSeconds, secondsText } from '../../parts/moments.ts';

type Sum = Usage['total'];

export function countText(count: number): string {
  return count.toLocaleString('en-GB');
}

export function rateText(rate: number | null): string {
  return rate === null ? '–' : `${(rate * 100).toFixed(rate === 1 ? 0 : 1)} %`;
}

export function waitText(seconds: number | undefined): string {
  return seconds === undefined ? '–' : briefSeconds(seconds);
}

export function talkText({ talk_seconds: seconds }: Pick<Sum, 'talk_seconds'>): string {
  return seconds < 60 ? `${seconds.toFixed(0)} s` : secondsText(seconds);
}

/** When a period begins: days are those of UTC, hours are shown in the reader's own time. */
export function periodText({ from }: Pick<UsagePeriod, 'from'>, by: Usage['by']): string {
  const form: Intl.DateTimeFormatOptions =
    by === 'day'
      ? { weekday: 'short', day: '2-digit', month: 'short', timeZone: 'UTC' }
      : { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat('en-GB', form).format(new Date(from));
}
