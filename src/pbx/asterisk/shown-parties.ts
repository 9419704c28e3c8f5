import type { CallPlan } from '../../calls/call.ts';
import { callerIdOf, callerIdText } from './caller-id.ts';
import type { Parties } from './identity.ts';
import type { AsteriskSettings } from './settings.ts';

/** What the phones show, each as `"Name" <number>`. */
export interface Shown {
  /** On the second phone: who calls. */
  readonly caller: string;
  /** On the first phone: who is about to be called; on an outside first phone: who calls it. */
  readonly onFirst: string;
}

export function shownParties(plan: CallPlan, parties: Parties, settings: AsteriskSettings): Shown {
  const caller = callerIdText(callerIdOf(parties.dialAs, settings));
  // Asterisk takes dots and hyphens out of a number, so an extension that has a name is shown by it.
  const isNamed = /[A-Za-z]/.test(plan.second);
  const name = isNamed ? `${settings.first_shows} ${plan.second}` : settings.first_shows;
  return { caller, onFirst: parties.firstIsExtension ? `"${name}" <${plan.second}>` : caller };
}
