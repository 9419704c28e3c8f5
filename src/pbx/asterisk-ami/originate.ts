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
      .replaceAll('{first}', () => plan.first)
      .replaceAll('{second}', () => plan.second)
      .replaceAll('{context}', () => dialAs.context);
  return [
    ['Channel', fill(firstIsExtension ? settings.first_channel : settings.outside_channel)],
    ['ChannelId', plan.channelId],
    ...existenceCheck(plan, dialAs, settings),
    ['Timeout', String(plan.timeoutSeconds * 1000)],
    ['Application', 'Dial'],
    [
      'Data',
      `${fill(settings.second_channel)},${plan.timeoutSeconds},${callerIdOption(callerIdOf(dialAs, settings))}`,
    ],
    ...(dialAs.accountCode === '' ? [] : [['Account', dialAs.accountCode] as const]),
    ...shownParties(plan, parties, settings),
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

/** What each phone is shown: the first, who is about to be called; an outside first number, who calls it. */
function shownParties(
  plan: CallPlan,
  { dialAs, firstIsExtension }: Parties,
  settings: AmiSettings,
): Header[] {
  const caller = callerIdText(callerIdOf(dialAs, settings));
  return [
    variableHeader('CALLERID(all)', caller),
    variableHeader(
      'CONNECTEDLINE(all,i)',
      firstIsExtension ? `"${settings.first_shows}" <${plan.second}>` : caller,
    ),
  ];
}

interface CallerId {
  /** Empty: none. */
  readonly name: string;
  readonly number: string;
}

function callerIdOf(dialAs: Identity, settings: AmiSettings): CallerId {
  const { name, number } = dialAs.callerId;
  if (settings.caller_id === 'extension') return { name: '', number: dialAs.extension };
  // It goes into the data of an application: a number that is none is not the PBX's to choose there.
  const known = /^[0-9A-Za-z*#+._-]{1,80}$/.test(number) ? number : dialAs.extension;
  return { name: settings.caller_id === 'number' ? '' : name.replace(/["<>\\]/g, ''), number: known };
}

function callerIdText({ name, number }: CallerId): string {
  return name === '' ? `<${number}>` : `"${name}" <${number}>`;
}

/** Asterisk takes these for functions and refuses the whole order (main/manager.c), so such a name is left out. */
const TAKEN_FOR_FUNCTION = /CURL|DB|EVAL|FILE|ODBC|REALTIME|SHELL/;

/**
 * `Dial`'s option that tells the second leg who calls. Without it a first leg that is a Local channel, or whose phone
 * asserts an identity, puts the answering phone's identity over the one that dial-as implies. Its text is taken apart
 * twice, as arguments and as options, so it is escaped twice (tried through to the phone on 16.28 and 22.10).
 */
function callerIdOption({ name, number }: CallerId): string {
  const escaped = (text: string) => text.replace(/[\\",()[\]]/g, '\\$&');
  const shown = name === '' || TAKEN_FOR_FUNCTION.test(name) ? '' : `${escaped(escaped(name))} `;
  return `f(${shown}<${number}>)`;
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
    // One underscore: inherited once, to the phone of the first leg. With two the second phone's microphone opens too.
    freepbx: (name: string) => `HASH(_SIPHEADERS,${name})`,
  }[settings.auto_answer_by];
  return wanted.map(([name, value]) => variableHeader(via(name), value));
}
