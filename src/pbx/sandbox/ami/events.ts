import { causeText } from '../causes.ts';
import { type Channel, snapshot } from './channel.ts';
import type { Fields } from './message.ts';

/** Who may see an event: a login whose rights and mask both hold this class. */
export interface PbxEventMessage {
  readonly eventClass: 'call' | 'system';
  readonly fields: Fields;
}

/** Two channels joined. */
export interface Bridge {
  readonly id: string;
  readonly members: Channel[];
}

function event(name: string, ...fields: Fields): PbxEventMessage {
  return { eventClass: 'call', fields: [['Event', name], ['Privilege', 'call,all'], ...fields] };
}

export type PlainEvent = 'Newchannel' | 'Newstate' | 'NewConnectedLine';

export function channelEvent(name: PlainEvent, channel: Channel): PbxEventMessage {
  return event(name, ...snapshot(channel));
}

export function newCallerid(channel: Channel): PbxEventMessage {
  return event('NewCallerid', ...snapshot(channel), [
    'CID-CallingPres',
    '0 (Presentation Allowed, Not Screened)',
  ]);
}

export function newAccountCode(channel: Channel, before: string): PbxEventMessage {
  return event('NewAccountCode', ...snapshot(channel), ['OldAccountCode', before]);
}

/** `DialBegin`, `DialState`, `DialEnd`. Nobody dials the first leg: there, only `Dest…` stands. */
export function dialEvent(
  name: 'DialBegin' | 'DialState' | 'DialEnd',
  caller: Channel | undefined,
  dest: Channel,
  last: readonly ['DialString' | 'DialStatus', string],
): PbxEventMessage {
  const from = caller === undefined ? [] : snapshot(caller);
  return event(name, ...from, ...snapshot(dest, 'Dest'), last);
}

export function localBridge(one: Channel, two: Channel, context: string, exten: string): PbxEventMessage {
  return event(
    'LocalBridge',
    ...snapshot(one, 'LocalOne'),
    ...snapshot(two, 'LocalTwo'),
    ['Context', context],
    ['Exten', exten],
    ['LocalOptimization', 'No'],
  );
}

/** `BridgeCreate` and `BridgeDestroy` name no channel, `BridgeEnter` and `BridgeLeave` one. */
export function bridgeEvent(
  name: 'BridgeCreate' | 'BridgeEnter' | 'BridgeLeave' | 'BridgeDestroy',
  bridge: Bridge,
  channel?: Channel,
): PbxEventMessage {
  return event(
    name,
    ['BridgeUniqueid', bridge.id],
    ['BridgeType', 'basic'],
    ['BridgeTechnology', 'simple_bridge'],
    ['BridgeCreator', '<unknown>'],
    ['BridgeName', '<unknown>'],
    ['BridgeNumChannels', String(bridge.members.length)],
    ['BridgeVideoSourceMode', 'none'],
    ...(channel === undefined ? [] : snapshot(channel)),
  );
}

/** A wish to end a channel, which may have no cause, or its end; `TechCause` is the SIP status and stands only where there is one. */
export function hangupEvent(
  name: 'HangupRequest' | 'SoftHangupRequest' | 'Hangup',
  channel: Channel,
  cause: number | undefined,
  sip?: number,
): PbxEventMessage {
  const number: Fields = cause === undefined ? [] : [['Cause', String(cause)]];
  const text: Fields = name === 'Hangup' ? [['Cause-txt', causeText(cause ?? 0)]] : [];
  const tech: Fields = sip === undefined ? [] : [['TechCause', String(sip)]];
  return event(name, ...snapshot(channel), ...number, ...text, ...tech);
}

export function deviceState(device: string, state: string): PbxEventMessage {
  return event('DeviceStateChange', ['Device', device], ['State', state]);
}

/** The verdict on the first leg. `Reason` is a control-frame number: 4 answered, 3 never answered, 5 busy, 8 congestion, 0 anything else. */
export function originateResponse(verdict: {
  actionId: string;
  response: 'Success' | 'Failure';
  channel: string;
  /** `Application` and `Data`, or `Context` and `Exten`. */
  runs: Fields;
  reason: 0 | 3 | 4 | 5 | 8;
  uniqueid: string;
}): PbxEventMessage {
  return event(
    'OriginateResponse',
    ...(verdict.actionId === '' ? [] : [['ActionID', verdict.actionId] as const]),
    ['Response', verdict.response],
    ['Channel', verdict.channel],
    ...verdict.runs,
    ['Reason', String(verdict.reason)],
    ['Uniqueid', verdict.uniqueid],
    ['CallerIDNum', '<unknown>'],
    ['CallerIDName', '<unknown>'],
  );
}
