import type { CallLife } from '../life.ts';
import type { Told } from '../diagnosis.ts';
import { capital, inWords, pbxOf, SEE_PBX_CALLS, type Situation } from './situation.ts';

/** Nobody told what became of it. */
export const notHeard: readonly Situation[] = [
  {
    code: 'order_in_doubt',
    when: 'The order was sent, no answer came, and nothing was heard of a call.',
    fault: 'network',
    fits: ({ life }) => life.problem?.code === 'pbx_in_doubt' && nothingHeard(life),
    says: (told) =>
      inWords(
        `${capital(pbxOf(told))} was given the order and did not answer`,
        told.life.problem?.said ?? '',
      ),
    remedy: ({ first }) =>
      `Ask at ${first} whether it rang before you click again; it is not tried again by itself.`,
  },
  {
    code: 'service_fault',
    when: 'A fault of this service came between the order and its answer, and nothing was heard of a call.',
    fault: 'service',
    fits: ({ life }) => life.problem?.code === 'internal' && nothingHeard(life),
    says: (told) =>
      `A fault of this service came in the way of the order; whether ${pbxOf(told)} took it is not known.`,
    remedy: () => "See this service's own log at this time, before you click again.",
  },
  {
    code: 'service_stopped_in_order',
    when: 'This service was stopped while it gave the order, and nothing was heard of a call.',
    fault: 'service',
    fits: ({ life }) =>
      life.acceptedAt === undefined &&
      nothingHeard(life) &&
      (life.isFound === true || life.untold !== undefined),
    says: (told) =>
      `This service was stopped while it gave the order; ${
        told.life.isFound === true
          ? `asked later, ${pbxOf(told)} knew nothing of the call`
          : `whether ${pbxOf(told)} took it is not known`
      }.`,
    remedy: ({ first }) =>
      `Ask at ${first} whether it rang before you click again; it is not tried again by itself.`,
  },
  {
    code: 'first_forwarded',
    when: 'The first phone itself forwarded the call, and whoever answered is on a channel that the PBX does not tell to be of it.',
    fault: 'settings',
    fits: ({ life }) => life.untold === 'forwarded',
    says: (told) =>
      `The phone of ${told.first} forwarded the call and somebody answered; ${pbxOf(told)} does not tell what became of it from there.`,
    remedy: ({ first }) =>
      `Take the forwarding off the phone of ${first} and let the PBX forward, or ring phones through the dialplan: see the setup guide of this kind of PBX.`,
  },
  {
    code: 'pbx_cannot_tell',
    when: 'This kind of PBX tells nothing of a call once it has taken the order.',
    fault: 'nobody',
    fits: ({ life }) => life.untold === 'cannot_tell',
    says: (told) =>
      `${capital(pbxOf(told))} took the order; this kind of PBX can not tell what becomes of a call.`,
    remedy: () => SEE_PBX_CALLS,
  },
  {
    code: 'not_told_apart',
    when: 'The PBX has another call between the same two numbers, and shows nothing that tells them apart.',
    fault: 'nobody',
    fits: ({ life }) => life.untold === 'not_told_apart',
    says: (told) =>
      `${capital(pbxOf(told))} has another call between ${told.first} and ${told.second} and does not show which is which; what became of this one is not known.`,
    remedy: () => SEE_PBX_CALLS,
  },
  {
    code: 'pbx_removed',
    when: 'The PBX was removed from the account while the call was under way.',
    fault: 'settings',
    fits: ({ life }) => life.untold === 'pbx_removed',
    says: (told) =>
      `${capital(pbxOf(told))} was removed from the account ${during(told)}; what became of the call is not known.`,
    remedy: () => SEE_PBX_CALLS,
  },
  {
    code: 'pbx_not_asked',
    when: 'The PBX could not be asked for the call for a whole day.',
    fault: 'network',
    fits: ({ life }) => life.untold === 'not_asked',
    says: (told) =>
      `${capital(pbxOf(told))} went out of reach ${during(told)} and could not be asked for a day; what became of the call is not known.`,
    remedy: (told) => `Find out why ${pbxOf(told)} is out of reach: click2call pbx examine.`,
  },
  {
    code: 'pbx_lost_call',
    when: 'The link to the PBX, the PBX or this service was away, and asked later the PBX knew nothing of the call.',
    fault: 'network',
    fits: ({ life }) => life.isFound === true && life.missedAt !== undefined,
    says: (told) =>
      `The link to ${pbxOf(told)} was lost ${during(told)}; when it was back the PBX knew nothing of the call any more: it was restarted, or the call ended meanwhile.`,
    remedy: (told) =>
      `${SEE_PBX_CALLS} If this comes often, look at the network between us and ${pbxOf(told)}.`,
  },
  {
    code: 'end_not_told',
    when: 'The PBX told nothing of the end; asked for the call, it knew nothing of it any more.',
    fault: 'pbx',
    fits: ({ life }) => life.isFound === true,
    says: (told) =>
      `${capital(pbxOf(told))} did not tell how the call ended; asked later, it knew nothing of it any more.`,
    remedy: () => `${SEE_PBX_CALLS} Check that our login there may hear events: click2call pbx examine.`,
  },
];

function nothingHeard({ legs: [first, second] }: CallLife): boolean {
  return first.state === 'planned' && second.state === 'planned';
}

/** How far the call had come when it was last heard of. */
function during({ life, first, second }: Told): string {
  const [one, two] = life.legs;
  if (two.answeredAt !== undefined) return `after ${second} had answered`;
  if (two.ringingAt !== undefined) return `while ${second} rang`;
  if (one.answeredAt !== undefined) return `after ${first} had answered`;
  return one.ringingAt === undefined ? 'while the call was being made' : `while ${first} rang`;
}
