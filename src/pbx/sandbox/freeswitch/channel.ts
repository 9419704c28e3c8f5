import type { Cause } from './causes.ts';

/** One live channel. Whoever plays its call moves it on. */
export interface Channel {
  readonly uuid: string;
  /** `sofia/internal/101@pbx.test`, `loopback/5551234-a`. */
  readonly name: string;
  /** The call's first channel, which is its own. */
  readonly callUuid: string;
  readonly destination: string;
  /** Of the half of a loopback channel that runs the dialplan: inbound. */
  readonly direction: 'inbound' | 'outbound';
  readonly createdMicros: number;
  readonly variables: Map<string, string>;
  /** Names of the variables that go to every channel that this one calls. */
  readonly exported: Map<string, string>;
  callerName: string;
  callerNumber: string;
  context: string;
  state: 'down' | 'ringing' | 'answered' | 'bridged' | 'hangup';
  answeredMicros: number;
  cause: Cause;
  /** Who called it. */
  readonly caller: Channel | undefined;
  /** Whom it called and talks to. */
  other: Channel | undefined;
}

const STATES = {
  down: ['CS_INIT', 'DOWN', '2', 'ringing'],
  ringing: ['CS_CONSUME_MEDIA', 'RINGING', '7', 'ringing'],
  answered: ['CS_EXECUTE', 'ACTIVE', '4', 'answered'],
  bridged: ['CS_EXCHANGE_MEDIA', 'ACTIVE', '5', 'answered'],
  hangup: ['CS_REPORTING', 'HANGUP', '11', 'hangup'],
} as const;

type Fields = (readonly [name: string, value: string])[];

/** What stands in every event about a channel (switch_channel.c, switch_channel_event_set_basic_data). */
export function channelFields(channel: Channel): Fields {
  const [state, callState, number, answer] = STATES[channel.state];
  return [
    ['Channel-State', state],
    ['Channel-Call-State', callState],
    ['Channel-State-Number', number],
    ['Channel-Name', channel.name],
    ['Unique-ID', channel.uuid],
    ['Call-Direction', channel.direction],
    ['Presence-Call-Direction', channel.direction],
    ['Channel-HIT-Dialplan', channel.context === '' ? 'false' : 'true'],
    ['Channel-Call-UUID', channel.callUuid],
    ['Answer-State', answer],
    ...(channel.state === 'hangup' ? ([['Hangup-Cause', channel.cause]] as const) : []),
    ...profile('Caller', channel),
    ...otherLeg('originator', channel.caller),
    ...(channel.caller === undefined ? otherLeg('originatee', channel.other) : []),
    ...[...channel.variables].map(([name, value]) => [`variable_${name}`, value] as const),
  ];
}

function otherLeg(type: 'originator' | 'originatee', other: Channel | undefined): Fields {
  return other === undefined ? [] : [['Other-Type', type], ...profile('Other-Leg', other)];
}

function profile(prefix: string, channel: Channel): Fields {
  const fields: Fields = [
    ['Direction', 'outbound'],
    ['Logical-Direction', 'outbound'],
    ['Dialplan', 'XML'],
    ['Caller-ID-Name', channel.callerName],
    ['Caller-ID-Number', channel.callerNumber],
    ['Destination-Number', channel.destination],
    ['Unique-ID', channel.uuid],
    ['Source', 'mod_sofia'],
    ['Context', channel.context || 'default'],
    ['Channel-Name', channel.name],
    ['Channel-Created-Time', String(channel.createdMicros)],
    ['Channel-Answered-Time', String(channel.answeredMicros)],
  ];
  return fields.map(([name, value]) => [`${prefix}-${name}`, value] as const);
}
