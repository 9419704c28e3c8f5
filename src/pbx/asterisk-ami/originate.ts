import type { CallPlan } from '../../calls/call.ts';
import { autoAnswer } from '../asterisk/auto-answer.ts';
import { callerIdOf, type CallerId } from '../asterisk/caller-id.ts';
import { firstChannel, goesThroughDialplan, secondChannel } from '../asterisk/channels.ts';
import type { Identity, Parties } from '../asterisk/identity.ts';
import { shownParties, type Shown } from '../asterisk/shown-parties.ts';
import { variableHeader, type Header } from './encoder.ts';
import type { AmiSettings } from './manifest.ts';

/**
 * The originate of one call.
 *
 * `Timeout` of an originate covers the first leg only, so the second is dialled by the application `Dial`, whose own
 * timeout the PBX keeps whatever becomes of us. `Context`, `Exten` and `Priority` stand beside it for their check alone:
 * Asterisk looks for the extension before it rings anybody ("Extension does not exist."), and then runs the application
 * (main/manager.c, action_originate and fast_originate; tried on 16.28 and 22.10).
 */
export function originateHeaders(plan: CallPlan, parties: Parties, settings: AmiSettings): Header[] {
  const { dialAs } = parties;
  return [
    ['Channel', firstChannel(plan, parties, settings)],
    ['ChannelId', plan.channelId],
    ...existenceCheck(plan, dialAs, settings),
    ['Timeout', String(plan.timeoutSeconds * 1000)],
    ['Application', 'Dial'],
    [
      'Data',
      `${secondChannel(plan, dialAs, settings)},${plan.timeoutSeconds},${callerIdOption(callerIdOf(dialAs, settings))}`,
    ],
    ...(dialAs.accountCode === '' ? [] : [['Account', dialAs.accountCode] as const]),
    ...shownHeaders(shownParties(plan, parties, settings)),
    ...autoAnswer(settings).map(([name, value]) => variableHeader(name, value)),
    ['Async', 'true'],
  ];
}

/** Only where the second leg goes through the dialplan is there an extension to look for. */
function existenceCheck(plan: CallPlan, dialAs: Identity, settings: AmiSettings): Header[] {
  if (!goesThroughDialplan(settings)) return [];
  return [
    ['Context', dialAs.context],
    ['Exten', plan.second],
    ['Priority', '1'],
  ];
}

function shownHeaders({ caller, onFirst }: Shown): Header[] {
  return [variableHeader('CALLERID(all)', caller), variableHeader('CONNECTEDLINE(all,i)', onFirst)];
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
