import { setImmediate as turn } from 'node:timers/promises';

/** Does work one piece after the other, and lets everything else have a turn before each. */
export type OneAtATime = <Result>(work: () => Promise<Result>) => Promise<Result>;

export function oneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(() => turn()).then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
