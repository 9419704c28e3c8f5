import type { Fields } from './message.ts';

/** Whom a display shows. */
export interface Party {
  readonly name: string;
  readonly number: string;
}

export const NOBODY: Party = { name: '<unknown>', number: '<unknown>' };

/** `ChannelState` numbers of Asterisk that occur here. */
const STATES = { Down: 0, Ring: 4, Ringing: 5, Up: 6, Busy: 7 } as const;
export type ChannelState = keyof typeof STATES;

/** One live channel. Whoever plays its call moves it on. */
export interface Channel {
  readonly name: string;
  readonly uniqueid: string;
  readonly linkedid: string;
  readonly type: 'PJSIP' | 'Local';
  readonly bornMs: number;
  readonly variables: Map<string, string>;
  state: ChannelState;
  caller: Party;
  connected: Party;
  account: string;
  context: string;
  exten: string;
  application: string;
  data: string;
  bridgeId: string;
}

/** The fourteen lines that stand in every event about a channel, in Asterisk's order; `Dest…`, `LocalOne…`. */
export function snapshot(channel: Channel, prefix = ''): Fields {
  const lines: Fields = [
    ['Channel', channel.name],
    ['ChannelState', String(STATES[channel.state])],
    ['ChannelStateDesc', channel.state],
    ['CallerIDNum', channel.caller.number],
    ['CallerIDName', channel.caller.name],
    ['ConnectedLineNum', channel.connected.number],
    ['ConnectedLineName', channel.connected.name],
    ['Language', 'en'],
    ['AccountCode', channel.account],
    ['Context', channel.context],
    ['Exten', channel.exten],
    ['Priority', '1'],
    ['Uniqueid', channel.uniqueid],
    ['Linkedid', channel.linkedid],
  ];
  return prefix === '' ? lines : lines.map(([name, value]) => [`${prefix}${name}`, value] as const);
}

/** `"Alice" <101>`, `Alice <101>`, `<101>` or `101` as the two parts. */
export function parseParty(text: string): Party {
  const match = /^\s*"?([^"<]*?)"?\s*<([^>]*)>\s*$/.exec(text);
  if (match !== null) return { name: match[1] || NOBODY.name, number: match[2] || NOBODY.number };
  const bare = text.trim().replaceAll('"', '');
  if (bare === '') return NOBODY;
  return /^[+*#\d]+$/.test(bare)
    ? { name: NOBODY.name, number: bare }
    : { name: bare, number: NOBODY.number };
}
