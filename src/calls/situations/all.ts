import { SIDES } from '../../../contract/call-words.ts';
import { givenUp } from './given-up.ts';
import { onSide } from './leg-situation.ts';
import { notHeard } from './not-heard.ts';
import { orderSituations } from './orders.ts';
import { absentPhones, phonesNotAnswered } from './phones.ts';
import { otherCauses, routes } from './routes.ts';
import type { Situation } from './situation.ts';
import { talked } from './talked.ts';
import { legsNotTold, unexplained } from './unexplained.ts';

const legs = [...absentPhones, ...routes, ...phonesNotAnswered, ...otherCauses];

/** Every situation, in the order in which they are tried, under what they have in common. */
export const SITUATION_GROUPS: readonly (readonly [name: string, situations: readonly Situation[]])[] = [
  ['Both were connected', talked],
  ['No call came to be', orderSituations],
  ['Somebody gave up', givenUp],
  [
    'A phone was not reached, or did not answer',
    SIDES.flatMap((side) => legs.map((each) => onSide(side, each))),
  ],
  ['Nobody told', notHeard],
  ['No cause was given', [...unexplained, legsNotTold]],
];

/** The last fits always. */
export const SITUATIONS: readonly Situation[] = SITUATION_GROUPS.flatMap(([, situations]) => situations);
