import { expect, it } from 'vitest';
import { systemClock } from '../kit/clock.ts';
import { createLogger } from '../kit/logger.ts';
import { Crowd, Crowded } from './crowd.ts';

it('sends away who comes when it is full, and takes others as soon as somebody has left, who can leave only once', () => {
  const crowd = new Crowd({ clock: systemClock, log: createLogger('silent') }, 2);
  const leave = crowd.enter();
  crowd.enter();
  expect(() => crowd.enter()).toThrow(Crowded);
  leave();
  leave();
  crowd.enter();
  expect(() => crowd.enter()).toThrow(Crowded);
});
