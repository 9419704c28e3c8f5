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

/** In a channel's name `&` begins another phone, `@` another context, `/` another technology, `,` and `^` options. */
const PART = /^[A-Za-z0-9._*#+-]{1,80}$/;

/** What should stand in a channel's name is no number, name or context. Nothing that was read as one is. */
export class UnsafeChannel extends Error {
  override readonly name = 'UnsafeChannel';
}

function fill(form: string, plan: CallPlan, dialAs: Identity): string {
  const parts = { first: plan.first, second: plan.second, context: dialAs.context };
  return form.replaceAll(/\{(first|second|context)\}/g, (_, name: keyof typeof parts) => {
    // A channel form without {context} needs none, so that there may be none.
    if (!PART.test(parts[name]) && (name !== 'context' || parts.context !== ''))
      throw new UnsafeChannel(`The ${name} of a channel can not be sent.`);
    return parts[name];
  });
}
