import { backoffMs } from '../kit/backoff.ts';

const SECOND = 1_000_000;
/** For so long an event is tried, and for so long a webhook may fail before it is paused. */
export const DAY_MICROS = 86_400 * SECOND;

const FIRST_GAP_MICROS = 10 * SECOND;
const LONGEST_GAP_MICROS = 4 * 3_600 * SECOND;

/**
 * When a delivery that failed is tried again: each gap is twice the one before, with jitter, and no longer than it has been
 * tried for; 4 hours at most, and a last time when its day is over. A receiver that asks for more rest gets it, within that.
 * @returns undefined: its day is over
 */
export function nextAttempt(
  { untilMicros, attempts }: { readonly untilMicros: number; readonly attempts: number },
  nowMicros: number,
  askedRestMicros = 0,
): number | undefined {
  if (nowMicros >= untilMicros) return undefined;
  const triedFor = DAY_MICROS - (untilMicros - nowMicros);
  const doubled = FIRST_GAP_MICROS * 2 ** Math.min(attempts - 1, 30);
  const gap = Math.min(Math.max(triedFor, FIRST_GAP_MICROS), doubled, LONGEST_GAP_MICROS);
  const rest = Math.max(Math.round(backoffMs(0, gap, gap)), granted(askedRestMicros));
  return Math.min(nowMicros + rest, untilMicros);
}

const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 300_000;

/**
 * For how long a webhook that fails is left alone by everything that is due there. One that answers nothing costs us one
 * attempt every few minutes, however much waits for it.
 * @param failures those in a row before this one
 */
export function restMicros(failures: number, askedRestMicros = 0): number {
  const rest = Math.round(backoffMs(failures, FIRST_REST_MS, LONGEST_REST_MS) * 1000);
  return Math.max(rest, granted(askedRestMicros));
}

/** What a receiver asks for is given to it, up to the longest gap: nobody is left alone for ever. */
function granted(askedRestMicros: number): number {
  return Math.min(askedRestMicros, LONGEST_GAP_MICROS);
}
