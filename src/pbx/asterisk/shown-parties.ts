import type { CallPlan } from '../../calls/call.ts';
import { callerIdOf, callerIdText, readableName } from './caller-id.ts';
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
  const caller = callerIdOf(parties.dialAs, settings);
  const onFirst = parties.firstIsExtension
    ? calledParty(plan, settings)
    : callerIdText({ ...caller, name: givenName(plan) || caller.name });
  return { caller: callerIdText(caller), onFirst };
}

/** Who is about to be called, under the name that the plan gives, or else the settings. */
export function calledParty(plan: CallPlan, settings: Pick<AsteriskSettings, 'first_shows'>): string {
  // Asterisk takes dots and hyphens out of a number, so an extension that has a name is shown by it.
  const isNamed = /[A-Za-z]/.test(plan.second);
  const usual = isNamed ? `${settings.first_shows} ${plan.second}` : settings.first_shows;
  return `"${givenName(plan) || usual}" <${plan.second}>`;
}

function givenName({ callerIdName = '' }: CallPlan): string {
  return readableName(callerIdName);
}
