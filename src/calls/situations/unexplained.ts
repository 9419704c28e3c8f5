import type { Told } from '../diagnosis.ts';
import { decisiveLeg } from '../life.ts';
import { pbxOf, SEE_PBX_CALLS, SEE_PBX_LOG, type Situation } from './situation.ts';

/** It is over, and no cause says why. */
export const unexplained: readonly Situation[] = [
  {
    code: 'second_answered_not_connected',
    when: 'The second side answered, and the two were never connected.',
    fault: 'pbx',
    fits: ({ life }) => life.legs[1].answeredAt !== undefined,
    says: (told) => `${told.second} answered, and ${pbxOf(told)} did not connect it with ${told.first}.`,
    remedy: () => SEE_PBX_LOG,
  },
  {
    code: 'second_not_dialled',
    when: 'The first side answered, and the call ended before the second was dialled; nobody was told to have hung up.',
    fault: 'settings',
    // Of a PBX that does not tell of the second leg, `unknown`: it may have been dialled, and have talked.
    fits: ({ life: { legs, disposition } }) =>
      legs[0].answeredAt !== undefined && legs[1].state === 'planned' && disposition !== 'unknown',
    says: (told) =>
      `${told.first} answered, and the call ended before ${pbxOf(told)} dialled ${told.second}.`,
    remedy: ({ first, second }) =>
      `If ${first} did not hang up by itself, check that the context and the dialplan that the call ran in can dial ${second}.`,
  },
  {
    code: 'ended_without_cause',
    when: 'A leg ended before it was answered, and the PBX gave no cause.',
    fault: 'pbx',
    fits: ({ life }) => decisiveLeg(life).state !== 'planned' && decisiveLeg(life).answeredAt === undefined,
    says: (told) =>
      `The call ended while ${decisiveNumber(told)} was called, and ${pbxOf(told)} did not say why.`,
    remedy: () => SEE_PBX_LOG,
  },
];

function decisiveNumber({ life, first, second }: Told): string {
  return decisiveLeg(life).side === 'first' ? first : second;
}

/** Fits always. */
export const legsNotTold: Situation = {
  code: 'legs_not_told',
  when: 'The PBX told that the call is over, and nothing of its legs, or of the first one alone.',
  fault: 'nobody',
  fits: () => true,
  says: (told) => `The call is over; ${pbxOf(told)} did not tell how far it came.`,
  remedy: () => SEE_PBX_CALLS,
};
