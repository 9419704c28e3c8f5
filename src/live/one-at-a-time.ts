import { setTimeout as pause } from 'node:timers/promises';
import { systemClock, type Clock } from '../kit/clock.ts';

/** Does work one piece after the other, and lets everything else have its turns between them. */
export type OneAtATime = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** After each piece as many times as long as it took is left to others, so that however much waits takes a quarter. */
const RESTS = 3;

export function oneAtATime(clock: Clock = systemClock): OneAtATime {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    let tookMs = 0;
    const mine = last.then(async () => {
      const began = clock.monotonicMs();
      try {
        return await work();
      } finally {
        tookMs = clock.monotonicMs() - began;
      }
    });
    const rest = () => pause(RESTS * tookMs);
    last = mine.then(rest, rest);
    return mine;
  };
}
