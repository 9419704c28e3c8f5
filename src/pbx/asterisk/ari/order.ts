import type { CallPlan } from '../../../calls/call.ts';
import { autoAnswer } from '../auto-answer.ts';
import { firstChannel, secondChannel } from '../channels.ts';
import type { Parties } from '../identity.ts';
import type { AsteriskSettings } from '../settings.ts';
import { calledParty, shownParties } from '../shown-parties.ts';
import type { RestAsk } from './rest.ts';
import { encodeSecondLeg } from './second-leg.ts';

/**
 * The originate of one call: rings the first leg for `timeout` seconds, which the PBX itself keeps, and gives it into
 * our hands when it has answered (StasisStart), with everything that has to be done then in its arguments.
 *
 * `TIMEOUT(absolute)` is the PBX's own end of a call that nobody takes further: should we die as the first leg answers,
 * it is hung up by Asterisk. It is taken off when the second has answered.
 */
export function originateAsk(
  plan: CallPlan,
  parties: Parties,
  settings: AsteriskSettings,
  app: string,
): RestAsk {
  const { accountCode } = parties.dialAs;
  const { caller, onFirst } = shownParties(plan, parties, settings);
  const second = {
    endpoint: secondChannel(plan, parties.dialAs, settings),
    seconds: plan.timeoutSeconds,
    caller,
    called: calledParty(plan, settings),
    account: accountCode,
  };
  return {
    method: 'POST',
    path: ['channels', plan.channelId],
    body: {
      endpoint: firstChannel(plan, parties, settings),
      app,
      appArgs: encodeSecondLeg(second),
      timeout: plan.timeoutSeconds,
      variables: {
        'CALLERID(all)': caller,
        'CONNECTEDLINE(all,i)': onFirst,
        ...(accountCode === '' ? {} : { 'CHANNEL(accountcode)': accountCode }),
        'TIMEOUT(absolute)': String(2 * plan.timeoutSeconds + 2),
        ...Object.fromEntries(autoAnswer(settings)),
      },
    },
  };
}
