import type { CallPlan } from '../../calls/call.ts';
import { variableHeader, type Header } from './encoder.ts';
import type { Identity } from './identities.ts';
import type { AmiSettings } from './manifest.ts';

/** Who is rung and as whom: what a plan becomes once the PBX has been asked. */
export interface Parties {
  /** The first number is an extension of the PBX; false: an outside number. */
  readonly firstIsExtension: boolean;
  readonly dialAs: Identity;
}

/**
 * The originate of one call.
 *
 * `Timeout` of an originate covers the first leg only, so the second is dialled by the application `Dial`, whose own
 * timeout the PBX keeps whatever becomes of us. `Context`, `Exten` and `Priority` stand beside it for their check alone:
 * Asterisk looks for the extension before it rings anybody ("Extension does not exist."), and then runs the application
 * (main/manager.c, action_originate and fast_originate; tried on 16.28 and 22.10).
 */
export function originateHeaders(plan: CallPlan, parties: Parties, settings: AmiSettings): Header[] {
  const { dialAs, firstIsExtension } = parties;
  const fill = (form: string) =>
    form
      .replaceAll('{first}', plan.first)
      .replaceAll('{second}', plan.second)
      .replaceAll('{context}', dialAs.context);
  const firstChannel = fill(firstIsExtension ? settings.first_channel : settings.outside_channel);
  return [
    ['Channel', firstChannel],
    ['ChannelId', plan.channelId],
    ...existenceCheck(plan, dialAs, settings),
    ['Timeout', String(plan.timeoutSeconds * 1000)],
    ['Application', 'Dial'],
    [
      'Data',
      `${fill(settings.second_channel)},${plan.timeoutSeconds}${callerIdOption(firstChannel, dialAs, settings)}`,
    ],
    ...(dialAs.accountCode === '' ? [] : [['Account', dialAs.accountCode] as const]),
    ...identityVariables(plan, dialAs, settings),
    ...autoAnswer(settings),
    ['Async', 'true'],
  ];
}

/** Only where the second leg goes through the dialplan is there an extension to look for. */
function existenceCheck(plan: CallPlan, dialAs: Identity, settings: AmiSettings): Header[] {
  if (!settings.second_channel.startsWith('Local/{second}@{context}')) return [];
  return [
    ['Context', dialAs.context],
    ['Exten', plan.second],
    ['Priority', '1'],
  ];
}

/** The caller ID that the second phone sees; the first sees who is about to be called. */
function identityVariables(plan: CallPlan, dialAs: Identity, settings: AmiSettings): Header[] {
  const variables = [
    variableHeader('CALLERID(all)', callerIdText(dialAs, settings)),
    variableHeader('CONNECTEDLINE(all,i)', `"${settings.first_shows}" <${plan.second}>`),
  ];
  if (settings.dial_as_variable !== '') {
    variables.push(variableHeader(`__${settings.dial_as_variable}`, dialAs.extension));
  }
  return variables;
}

function callerIdText(dialAs: Identity, settings: AmiSettings): string {
  const { name, number } = dialAs.callerId;
  if (settings.caller_id === 'extension') return `<${dialAs.extension}>`;
  if (settings.caller_id === 'number' || name === '') return `<${number}>`;
  return `"${name.replace(/["<>\\]/g, '')}" <${number}>`;
}

function callerIdOption(_firstChannel: string, _dialAs: Identity, _settings: AmiSettings): string {
  return '';
}

const CALL_INFO = '<sip:click2call>;answer-after=0';
const ALERT_INFO = '<http://click2call>;info=alert-autoanswer;delay=0';

/** Headers that make the first phone pick up by itself, in the way that its kind of channel takes them. */
function autoAnswer(settings: AmiSettings): Header[] {
  const wanted: (readonly [name: string, value: string])[] = [];
  if (settings.auto_answer === 'call-info' || settings.auto_answer === 'both')
    wanted.push(['Call-Info', CALL_INFO]);
  if (settings.auto_answer === 'alert-info' || settings.auto_answer === 'both')
    wanted.push(['Alert-Info', ALERT_INFO]);
  const via = {
    pjsip: (name: string) => `PJSIP_HEADER(add,${name})`,
    'pjsip-inherited': (name: string) => `PJSIP_INHERITABLE_HEADER(add,${name})`,
    freepbx: (name: string) => `HASH(__SIPHEADERS,${name})`,
  }[settings.auto_answer_by];
  return wanted.map(([name, value]) => variableHeader(via(name), value));
}
