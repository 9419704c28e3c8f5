import { cancelled, notHeard, talked, unexplained, unknown } from './ends.ts';
import { legSituations } from './legs.ts';
import { orderSituations } from './orders.ts';
import type { Situation } from './situation.ts';

/** Every situation, in the order in which they are tried. The last fits always. */
export const SITUATIONS: readonly Situation[] = [
  talked,
  ...orderSituations,
  ...cancelled,
  ...legSituations,
  ...notHeard,
  ...unexplained,
  unknown,
];
