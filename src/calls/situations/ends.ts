import { decisiveLeg } from '../diagnosis.ts';
import { sentence, type Situation } from './situation.ts';

/** Both talked. */
export const talked: Situation = {
  code: 'answered',
  fault: 'nobody',
  fits: ({ life }) => life.disposition === 'answered',
  says: ({ life, first, second }) => {
    const seconds = ((life.endedAt ?? 0) - (life.connectedAt ?? 0)) / 1_000_000;
    const who = {
      first: `${first} hung up`,
      second: `${second} hung up`,
      api: 'we were asked to hang up',
      pbx: 'the PBX ended it',
    };
    const how = life.endedBy === undefined || life.endedBy === 'unknown' ? '' : `, then ${who[life.endedBy]}`;
    return `${first} and ${second} talked for ${seconds.toFixed(1)} s${how}.`;
  },
  remedy: () => '',
};

/** Somebody stopped waiting. */
export const cancelled: readonly Situation[] = [
  {
    code: 'cancelled_by_api',
    fault: 'nobody',
    fits: ({ life }) => life.disposition === 'cancelled' && life.endedBy === 'api',
    says: () => 'The call was ended on request before both talked.',
    remedy: () => '',
  },
  {
    code: 'first_left_before_second_rang',
    fault: 'first',
    fits: ({ life }) => life.disposition === 'cancelled' && life.legs[1].ringingAt === undefined,
    says: ({ first, second }) => `${first} answered and hung up before ${second} rang.`,
    remedy: () =>
      'Tell the person at the first phone that the second is called when they have picked up; or nobody was there, and a machine answered.',
  },
  {
    code: 'first_left_while_second_rang',
    fault: 'first',
    fits: ({ life }) => life.disposition === 'cancelled',
    says: ({ first, second }) => `${first} hung up while ${second} rang.`,
    remedy: () => '',
  },
];

/** Nobody told it. */
export const notHeard: readonly Situation[] = [
  {
    code: 'pbx_cannot_tell',
    fault: 'nobody',
    fits: ({ life }) => life.untold === 'cannot_tell' && life.acceptedAt !== undefined,
    says: ({ pbxName }) =>
      `The PBX ${pbxName} took the order; this kind of PBX can not tell what becomes of a call.`,
    remedy: () => "See the PBX's own log of calls.",
  },
  {
    code: 'pbx_removed',
    fault: 'settings',
    fits: ({ life }) => life.untold === 'pbx_removed',
    says: ({ pbxName }) =>
      `The PBX ${pbxName} was removed while the call was under way: what became of it is not known.`,
    remedy: () => "See the PBX's own log of calls.",
  },
  {
    code: 'pbx_not_asked',
    fault: 'network',
    fits: ({ life }) => life.untold === 'not_asked',
    says: ({ pbxName }) =>
      `The PBX ${pbxName} could not be asked for a day: what became of the call is not known.`,
    remedy: ({ pbxName }) => `Examine the PBX: click2call pbx examine --name ${pbxName}.`,
  },
  {
    code: 'order_in_doubt',
    fault: 'network',
    fits: ({ life }) => life.problem?.code === 'pbx_in_doubt' && life.legs[0].state === 'planned',
    says: ({ life: { problem } }) =>
      `The order was sent and no answer came, and nothing was heard of a call: ${sentence(problem?.said ?? '')}`,
    remedy: ({ life: { problem } }) => problem?.remedy ?? '',
  },
  {
    code: 'end_not_heard',
    fault: 'network',
    fits: ({ life }) => life.isFound === true || life.missedAt !== undefined,
    says: ({ pbxName }) =>
      `The link to the PBX ${pbxName} was away, or the PBX was restarted, while the call was under way; asked later, it knew nothing of the call any more.`,
    remedy: () => "See the PBX's own log of calls for what happened meanwhile.",
  },
];

/** The PBX ended it, and gave no cause. */
export const unexplained: readonly Situation[] = [
  {
    code: 'second_not_dialled',
    fault: 'settings',
    fits: ({
      life: {
        legs: [first, second],
      },
    }) => first.answeredAt !== undefined && second.state === 'planned',
    says: ({ first, second }) => `${first} answered, and the PBX ended the call without dialling ${second}.`,
    remedy: ({ second, dialAs, first }) =>
      `Check that the dialplan lets ${dialAs ?? first} dial ${second}, and look into the PBX's log at this time.`,
  },
  {
    code: 'second_answered_not_connected',
    fault: 'pbx',
    fits: ({
      life: {
        legs: [, second],
      },
    }) => second.answeredAt !== undefined,
    says: ({ second }) => `${second} answered, and the two were not connected.`,
    remedy: () => "Look into the PBX's own log at this time.",
  },
  {
    code: 'pbx_ended_it',
    fault: 'pbx',
    fits: ({
      life: {
        legs: [first],
      },
    }) => first.state !== 'planned',
    says: ({ life, first, second }) =>
      `The PBX ended the call while ${decisiveLeg(life).side === 'first' ? first : second} was called, and did not say why.`,
    remedy: () => "Look into the PBX's own log at this time.",
  },
];

/** Fits always. */
export const unknown: Situation = {
  code: 'unknown',
  fault: 'unknown',
  fits: () => true,
  says: () => 'What became of the call is not known.',
  remedy: () => "See the call's journal, and the PBX's own log at this time.",
};
