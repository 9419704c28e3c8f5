import type { Clock } from '../../../kit/clock.ts';
import { type Channel, type ChannelState, NOBODY, type Party } from './channel.ts';
import { findEndpoint } from '../endpoints.ts';
import {
  type Bridge,
  bridgeEvent,
  channelEvent,
  deviceState,
  hangupEvent,
  type PbxEventMessage,
} from './events.ts';
import type { Timers } from '../timers.ts';

/** What a new channel is before its call dresses it. */
export interface NewChannel {
  readonly type: 'PJSIP' | 'Local';
  readonly name: string;
  /** '' where nobody chose one. */
  readonly uniqueid: string;
  /** The whole call's id; '' on its first channel. */
  readonly linkedid: string;
  readonly state: ChannelState;
  readonly caller: Party;
  readonly account: string;
  readonly context: string;
  readonly exten: string;
}

/** The channels that live, and the telling of what happens to them. */
export class Exchange {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly globals = new Map<string, string>();
  readonly #emit: (message: PbxEventMessage) => void;
  readonly #channels = new Map<string, Channel>();
  #phones = 0;
  #locals = 0;
  #ids = 0;
  #bridges = 0;
  #processed = 0;

  constructor(clock: Clock, timers: Timers, emit: (message: PbxEventMessage) => void) {
    this.clock = clock;
    this.timers = timers;
    this.#emit = emit;
  }

  get live(): readonly Channel[] {
    return [...this.#channels.values()];
  }

  /** Calls since the start, for `CoreStatus`. */
  get processed(): number {
    return this.#processed;
  }

  emit(message: PbxEventMessage): void {
    this.#emit(message);
  }

  /** By name or, failing that, by its id: as every Asterisk from 16 on. */
  find(nameOrId: string): Channel | undefined {
    return this.live.find(({ name }) => name === nameOrId) ?? this.#channels.get(nameOrId);
  }

  newPhoneName(number: string): string {
    return `PJSIP/${number}-${hex(this.#phones++, 8)}`;
  }

  /** The part that both halves of a Local channel share. */
  newLocalName(number: string, context: string): string {
    return `Local/${number}@${context}-${hex(this.#locals++, 8)}`;
  }

  /** Adds a channel and tells of it. The id must not be that of a live one. */
  add(wanted: NewChannel): Channel {
    const uniqueid = wanted.uniqueid || `${Math.floor(this.clock.nowMicros() / 1_000_000)}.${this.#ids++}`;
    if (wanted.linkedid === '') this.#processed += 1;
    const channel: Channel = {
      ...wanted,
      uniqueid,
      linkedid: wanted.linkedid || uniqueid,
      bornMs: this.clock.monotonicMs(),
      variables: new Map(),
      connected: NOBODY,
      application: '',
      data: '',
      bridgeId: '',
    };
    this.#channels.set(uniqueid, channel);
    this.emit(channelEvent('Newchannel', channel));
    return channel;
  }

  setState(channel: Channel, state: ChannelState): void {
    channel.state = state;
    this.emit(channelEvent('Newstate', channel));
    if (channel.type === 'PJSIP') this.#tellDevice(channel);
  }

  hangUp(channel: Channel, cause: number, sip?: number): void {
    this.#channels.delete(channel.uniqueid);
    this.emit(hangupEvent('Hangup', channel, cause, sip));
    if (channel.type === 'PJSIP') this.#tellDevice(channel);
  }

  join(a: Channel, b: Channel): Bridge {
    const bridge: Bridge = { id: `00000000-0000-4000-8000-${hex(this.#bridges++, 12)}`, members: [] };
    this.emit(bridgeEvent('BridgeCreate', bridge));
    for (const channel of [a, b]) {
      bridge.members.push(channel);
      channel.bridgeId = bridge.id;
      this.emit(bridgeEvent('BridgeEnter', bridge, channel));
    }
    return bridge;
  }

  leave(bridge: Bridge, channel: Channel): void {
    bridge.members.splice(bridge.members.indexOf(channel), 1);
    channel.bridgeId = '';
    this.emit(bridgeEvent('BridgeLeave', bridge, channel));
  }

  /** What `DEVICE_STATE()` says of `PJSIP/<id>`. */
  stateOf(device: string): string {
    const id = /^PJSIP\/(.+)$/i.exec(device)?.[1] ?? '';
    if (findEndpoint(id) === undefined) return 'INVALID';
    if (id === '480') return 'UNAVAILABLE';
    const states = this.live.filter(({ name }) => name.startsWith(`PJSIP/${id}-`)).map(({ state }) => state);
    if (states.includes('Up')) return 'INUSE';
    return states.includes('Ringing') ? 'RINGING' : 'NOT_INUSE';
  }

  #tellDevice(channel: Channel): void {
    const device = channel.name.slice(0, channel.name.lastIndexOf('-'));
    this.emit(deviceState(device, this.stateOf(device)));
  }
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
