import type { CallPlan } from '../../calls/call.ts';
import {
  type Application,
  dialString,
  exportToCalled,
  inlineApplications,
  set,
  transfer,
  unset,
  type Variable,
} from './encoder.ts';
import type { Identity } from './identities.ts';
import type { FreeswitchSettings } from './manifest.ts';

/** Stands on every channel of the call, so that whoever begins to listen in its middle knows whose it is. */
const CALL_ID = 'click2call_id';

/** Who is rung and as whom: what a plan becomes once the PBX has been asked. */
export interface Parties {
  /** The first number is a user of the PBX; false: an outside number. */
  readonly firstIsExtension: boolean;
  readonly dialAs: Identity;
}

/**
 * The originate of one call, for `bgapi`.
 *
 * The second leg goes through the dialplan of the extension dialled as, by a transfer of the answered first leg: what
 * the PBX's administrator wrote there for that extension's own calls (routes, recording, hunt groups) holds. What the
 * extension is goes onto the channel just before, and not into the dial string: FreeSWITCH puts the first user's own
 * variables over those of the dial string once that user has answered (mod_dptools.c, user_outgoing_channel).
 *
 * The second leg's ringing has an end that the PBX keeps: `originate_timeout`, exported to whatever this channel calls.
 * Of the ways there are it is the one that a dialplan's own `set call_timeout=30` does not change, as it is read last
 * (switch_ivr_originate.c); a `bridge` of our own to loopback/ would keep the time as well, but hides the dialplan's
 * channels behind two more, and the caller ID and rights with them.
 * @throws UnsafeValue
 */
export function originateLine(
  plan: CallPlan,
  parties: Parties,
  settings: FreeswitchSettings,
  uuid: string,
): string {
  const { firstIsExtension, dialAs } = parties;
  const endpoint = (firstIsExtension ? settings.first_channel : settings.outside_channel)
    .replaceAll('{first}', () => plan.first)
    .replaceAll('{domain}', () => settings.domain)
    .replaceAll('{context}', () => dialAs.context);
  const seconds = String(plan.timeoutSeconds);
  const shown = shownOnFirst(plan, parties, settings);
  const applications: Application[] = [
    ...identityOf(dialAs, settings).map(([name, value]) => (value === '' ? unset(name) : set(name, value))),
    set('hangup_after_bridge', 'true'),
    exportToCalled('originate_timeout', seconds),
    exportToCalled(CALL_ID, plan.callId),
    transfer(plan.second, dialAs.context),
  ];
  const variables: Variable[] = [
    ['origination_uuid', uuid],
    ['originate_timeout', seconds],
    // Else a network's ringing tone would count as the first leg's answer.
    ['ignore_early_media', 'true'],
    [CALL_ID, plan.callId],
    ['origination_caller_id_name', shown.name],
    ['origination_caller_id_number', shown.number],
    ...(settings.auto_answer === 'call-info' ? [['sip_auto_answer', 'true'] as const] : []),
    ...(firstIsExtension ? [] : rightsOfOutsideFirst(dialAs, settings)),
  ];
  return `originate ${dialString(variables, endpoint)} ${inlineApplications(applications)} inline`;
}

/** Whom a phone shows. */
export interface Shown {
  readonly name: string;
  readonly number: string;
}

/** What the first phone is shown: an extension, who is about to be called; an outside number, who calls it. */
export function shownOnFirst(
  plan: CallPlan,
  { firstIsExtension, dialAs }: Parties,
  settings: FreeswitchSettings,
): Shown {
  const { name, number } = firstIsExtension
    ? { name: settings.first_shows, number: plan.second }
    : shownOnSecond(dialAs, settings);
  return { name: displayName(plan.callerIdName ?? '') || name, number };
}

/**
 * An outside first number leaves through the dialplan as well, so the rights must be there from the start. A loopback
 * channel hands its variables on to its other half, which hands the call's id on to what it calls; it must not step out
 * of the call, as it has our id.
 */
function rightsOfOutsideFirst(dialAs: Identity, settings: FreeswitchSettings): Variable[] {
  return [
    ...identityOf(dialAs, settings).filter(([, value]) => value !== ''),
    ['loopback_bowout', 'false'],
    ['export_vars', CALL_ID],
  ];
}

/** All of it, so that nothing of the first user remains where the extension dialled as has nothing. */
function identityOf(dialAs: Identity, settings: FreeswitchSettings): Variable[] {
  const shown = shownOnSecond(dialAs, settings);
  return [
    ['domain_name', settings.domain],
    ['user_context', dialAs.context],
    ['effective_caller_id_name', shown.name],
    ['effective_caller_id_number', shown.number],
    ['outbound_caller_id_name', displayName(dialAs.outboundName)],
    ['outbound_caller_id_number', dialAs.outboundNumber],
    ['accountcode', dialAs.accountCode],
    ['toll_allow', dialAs.tollAllow],
  ];
}

/** What the second phone is shown, unless the dialplan has its own mind. */
export function shownOnSecond(dialAs: Identity, settings: FreeswitchSettings): Shown {
  const { extension, effectiveName, effectiveNumber } = dialAs;
  if (settings.caller_id === 'extension') return { name: extension, number: extension };
  const number = effectiveNumber === '' ? extension : effectiveNumber;
  const name = settings.caller_id === 'number' ? '' : displayName(effectiveName);
  // Without a name FreeSWITCH would show the one that stands on the first phone.
  return { name: name === '' ? number : name, number };
}

/**
 * A name is for people to read, so what FreeSWITCH would take for its own signs is left out of it or becomes a sign that
 * looks like it; a number or a right is never changed.
 */
function displayName(name: string): string {
  return name
    .replaceAll("'", '\u2019')
    .replace(/[^\p{L}\p{M}\p{N}\u2019 .+*#_@/-]/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, 80)
    .trim();
}
