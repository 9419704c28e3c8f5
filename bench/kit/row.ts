import type { Rounds } from './rounds.ts';
import { median, spreadOf, type Spread } from './stats.ts';

/** One line of the table. */
export interface Row {
  readonly figure: string;
  readonly ours: string;
  /** What it is held against; empty where it stands for itself. */
  readonly other: string;
  /** The figure itself, as the target means it. */
  readonly result: Spread;
  /** What `result` is in; empty for a ratio. */
  readonly unit: string;
  /** Undefined: none was set, and the row is there to be read. */
  readonly target: Target | undefined;
}

export interface Target {
  readonly is: 'at least' | 'at most';
  readonly value: number;
}

export const atLeast = (value: number): Target => ({ is: 'at least', value });
export const atMost = (value: number): Target => ({ is: 'at most', value });

/** The median decides, as the target was set for it. */
export function isReached({ result }: Row, target: Target): boolean {
  return target.is === 'at least' ? result.median >= target.value : result.median <= target.value;
}

/** A row that compares: its result is the ratio of each pair of rounds, not that of the two medians. */
export function ratioRow(
  figure: string,
  rounds: Rounds,
  unit: string,
  target: Target | undefined,
  otherName: string,
): Row {
  const ratios = rounds.ours.map((ours, round) => ours / (rounds.other[round] ?? Number.NaN));
  return {
    figure,
    ours: `${tidy(median(rounds.ours))} ${unit}`,
    other: `${tidy(median(rounds.other))} ${unit}, ${otherName}`,
    result: spreadOf(ratios),
    unit: '',
    target,
  };
}

/** A row that stands for itself. */
export function valueRow(
  figure: string,
  values: readonly number[],
  unit: string,
  target: Target | undefined,
): Row {
  const result = spreadOf(values);
  return { figure, ours: `${tidy(result.median)} ${unit}`, other: '', result, unit, target };
}

/** Three digits that mean something, and no more. */
export function tidy(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
