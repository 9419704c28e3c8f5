import type { Diagnosis, Told } from './diagnosis.ts';
import { isOver } from './life.ts';
import { SITUATIONS } from './situations/all.ts';

/** What became of a call that is over, and what to do about it; undefined while it lives. Pure. */
export function diagnose(told: Told): Diagnosis | undefined {
  if (!isOver(told.life)) return undefined;
  const situation = SITUATIONS.find(({ fits }) => fits(told));
  if (situation === undefined) throw new Error('The last situation fits always.');
  const { code, fault, says, remedy } = situation;
  return { code, says: says(told), remedy: remedy(told), fault };
}
