import type { CallPlan } from '../../calls/call.ts';
import type { Identity, Parties } from './identity.ts';
import type { AsteriskSettings } from './settings.ts';

/** How the first number is rung, as Asterisk names a channel: `PJSIP/101`, `Local/12125551234@longdistance/n`. */
export function firstChannel(plan: CallPlan, parties: Parties, settings: AsteriskSettings): string {
  const form = parties.firstIsExtension ? settings.first_channel : settings.outside_channel;
  return fill(form, plan, parties.dialAs);
}

/** How the second number is dialled: `Local/102@internal/n`. */
export function secondChannel(plan: CallPlan, dialAs: Identity, settings: AsteriskSettings): string {
  return fill(settings.second_channel, plan, dialAs);
}

/** Only where the second leg goes through the dialplan is there an extension to look for before anybody rings. */
export function goesThroughDialplan(settings: Pick<AsteriskSettings, 'second_channel'>): boolean {
  return settings.second_channel.startsWith('Local/{second}@{context}');
}

function fill(form: string, plan: CallPlan, dialAs: Identity): string {
  return form
    .replaceAll('{first}', () => plan.first)
    .replaceAll('{second}', () => plan.second)
    .replaceAll('{context}', () => dialAs.context);
}
