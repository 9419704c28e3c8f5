import type { Told } from '../diagnosis.ts';
import { pbxOf, type Situation } from './situation.ts';
import { CHECK_SOUND, isSoundless } from './talked.ts';

/** What only says that it was ended. */
const NO_CAUSES: ReadonlySet<number | undefined> = new Set([undefined, 0, 16]);

/** Somebody stopped waiting before both were connected. */
export const givenUp: readonly Situation[] = [
  {
    code: 'cancelled_on_request',
    when: 'We were asked to end the call before both were connected.',
    fault: 'nobody',
    fits: ({ life }) => life.disposition === 'cancelled' && life.endedBy === 'api',
    says: (told) => `The call was ended on request ${howFar(told)}.`,
    remedy: () => '',
  },
  {
    code: 'first_left_before_second_rang',
    when: 'The first side answered and hung up before the second phone rang.',
    fault: 'first',
    fits: ({ life }) => life.disposition === 'cancelled' && life.legs[1].ringingAt === undefined,
    says: ({ first, second }) => `${first} answered, and hung up before ${second} rang.`,
    remedy: ({ second }) =>
      `Tell whoever answers the first phone that ${second} is called only then; or a machine answered it.`,
  },
  {
    code: 'first_left_while_second_rang',
    when: 'The first side hung up while the second phone rang.',
    fault: 'first',
    fits: ({ life }) => life.disposition === 'cancelled',
    says: ({ first, second }) => `${first} hung up while ${second} rang.`,
    remedy: () => 'Nothing is wrong; let it ring longer to reach the other side.',
  },
  {
    code: 'first_audio_lost',
    when: 'The first side answered, and the PBX ended its call before the second did, since no sound reached it.',
    fault: 'network',
    // A number that can not be called leaves its own cause with the first side as well.
    fits: ({ life: { legs, connectedAt } }) =>
      connectedAt === undefined && isSoundless(legs[0]) && NO_CAUSES.has(legs[1].cause?.q850),
    says: (told) =>
      `${told.first} answered, and ${pbxOf(told)} ended the call before ${told.second} answered, as no sound came from ${told.first}.`,
    remedy: () => CHECK_SOUND,
  },
];

function howFar({ life, first, second }: Told): string {
  const [one, two] = life.legs;
  if (two.answeredAt !== undefined) return `after ${second} had answered`;
  if (two.ringingAt !== undefined) return `while ${second} rang`;
  if (two.state !== 'planned') return `while ${second} was called`;
  if (one.answeredAt !== undefined) return `after ${first} had answered`;
  return one.ringingAt === undefined ? `before ${first} rang` : `while ${first} rang`;
}
