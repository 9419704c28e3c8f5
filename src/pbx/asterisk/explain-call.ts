import type { CallPlan } from '../../calls/call.ts';
import type { Explanation } from '../contract.ts';
import { goesThroughDialplan } from './channels.ts';
import { phoneStateOf, phoneTech } from './device-state.ts';
import type { ReadFunction } from './identities.ts';
import type { Parties } from './identity.ts';
import type { AsteriskSettings } from './settings.ts';
import { shownParties } from './shown-parties.ts';

/**
 * What an Asterisk would make of a call, the order itself left out.
 * @throws whatever `read` throws
 */
export async function explainCall(
  plan: CallPlan,
  parties: Parties,
  settings: AsteriskSettings,
  read: ReadFunction,
): Promise<Omit<Explanation, 'order' | 'exchange'>> {
  const { dialAs, firstIsExtension } = parties;
  const { caller, onFirst } = shownParties(plan, parties, settings);
  const [state, exists] = await Promise.all([
    firstIsExtension ? read(`DEVICE_STATE(${phoneTech(settings)}/${plan.first})`) : undefined,
    goesThroughDialplan(settings) ? read(`DIALPLAN_EXISTS(${dialAs.context},${plan.second},1)`) : undefined,
  ]);
  const firstPhone = state === undefined ? undefined : (phoneStateOf(state, true) ?? 'unknown');
  return {
    dialAs: dialAs.extension,
    rights: dialAs.context,
    firstShows: onFirst,
    secondShows: caller,
    ...(firstPhone === undefined ? {} : { firstPhone }),
    ...(exists === undefined ? {} : { secondExists: exists === '1' }),
  };
}
