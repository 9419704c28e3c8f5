import type { Call } from '../../contract/v3/call.ts';
import { microsOf } from '../kit/clock.ts';
import type { Lane, Row } from './rows.ts';

/*
 * Where the rows of a ladder stand, from top to bottom: as far apart as they are in time, but never so close that their words
 * would touch, and never so far that nothing is to be seen in between. Where time was cut out, a break says how much.
 */

/** In the same units as everything here: pixels at their usual size. */
export const ROW_HEIGHT = 30;
const PIXELS_PER_SECOND = 44;
/** A gap that would be longer is broken. */
const GAP_MAX = 88;
const TOP = 26;

export interface PlacedRow extends Row {
  readonly y: number;
}

/** Time that was cut out between two rows. */
export interface Break {
  readonly y: number;
  readonly seconds: number;
}

/** What a phone was doing for a while, along its lane. */
export interface Bar {
  readonly lane: Lane;
  readonly doing: 'ringing' | 'answered' | 'talking';
  readonly y: number;
  readonly height: number;
}

export interface LaidOut {
  readonly rows: readonly PlacedRow[];
  readonly breaks: readonly Break[];
  readonly bars: readonly Bar[];
  readonly height: number;
}

/** @param nowMicros until when a call that lives has been drawn */
export function layOut(call: Call, rows: readonly Row[], nowMicros?: number): LaidOut {
  const placed: PlacedRow[] = [];
  const breaks: Break[] = [];
  let y = TOP;
  let before: Row | undefined;
  for (const row of rows) {
    if (before !== undefined) {
      const seconds = (row.atMicros - before.atMicros) / 1_000_000;
      const gap = gapOf(seconds);
      if (gap === GAP_MAX) breaks.push({ y: y + gap / 2, seconds });
      y += gap;
    }
    placed.push({ ...row, y });
    before = row;
  }
  const height = y + ROW_HEIGHT;
  return { rows: placed, breaks, bars: barsOf(call, placed, height, nowMicros), height };
}

function gapOf(seconds: number): number {
  return Math.min(Math.max(seconds * PIXELS_PER_SECOND, ROW_HEIGHT), GAP_MAX);
}

/** Where a time stands: at its row, or between two. */
function yOf(rows: readonly PlacedRow[], micros: number, height: number): number {
  const after = rows.findIndex(({ atMicros }) => atMicros >= micros);
  const [next, before] = [rows[after], rows[after - 1]];
  if (next === undefined) return height;
  if (before === undefined || next.atMicros === micros) return next.y;
  const part = (micros - before.atMicros) / (next.atMicros - before.atMicros);
  return before.y + part * (next.y - before.y);
}

function barsOf(call: Call, rows: readonly PlacedRow[], height: number, nowMicros = 0): Bar[] {
  const at = (time: string | null | undefined) => microsOf(time ?? '');
  return call.legs.flatMap((leg) => {
    const end = at(leg.ended_at) ?? at(call.ended_at) ?? nowMicros;
    const [ringing, answered, talking] = [at(leg.ringing_at), at(leg.answered_at), at(call.connected_at)];
    const spans = [
      ['ringing', ringing, answered ?? end],
      ['answered', answered, later(answered, talking) ?? end],
      ['talking', answered === undefined ? undefined : later(answered, talking), end],
    ] as const;
    return spans.flatMap(([doing, from, to]): Bar[] => {
      if (from === undefined || to <= from) return [];
      const y = yOf(rows, from, height);
      return [{ lane: leg.side, doing, y, height: yOf(rows, to, height) - y }];
    });
  });
}

function later(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? other : Math.max(one, other);
}
