/** The middle of some values, and how far they spread. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws RangeError where there is no value: a figure that was not measured must not be printed */
export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), min: quantile(values, 0), max: quantile(values, 1) };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** @param at 0.99 for what 99 of 100 do not exceed */
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * at;
  const [below, above] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  if (below === undefined || above === undefined)
    throw new RangeError('There are no values to take the middle of.');
  return below + (above - below) * (position - Math.floor(position));
}
