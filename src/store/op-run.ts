import type { OpValue } from './op.ts';
import type { Step } from './statement.ts';

/** Asks for statements one at a time, and is resumed with their rows. So its logic serves both engines. */
export type OpRun = Generator<Step<unknown>, OpValue, readonly unknown[]>;

/** A part of an op that gives something to the rest of it. */
export type PartRun<Value> = Generator<Step<unknown>, Value, readonly unknown[]>;

/** One statement, and whether it gave a row. */
export function* anyRow(step: Step<unknown>): OpRun {
  const rows = yield step;
  return rows.length > 0;
}

/** Yields a step, and gives its rows with their type. */
export function* rowsOf<Row>(step: Step<Row>): PartRun<readonly Row[]> {
  // Whoever drives an op answers a step with the rows of its query.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (yield step) as readonly Row[];
}
