import type { Clock } from '../../../kit/clock.ts';
import { newId } from '../../../kit/ids.ts';
import type { Timers } from '../timers.ts';
import { type Cause, causeNumber } from './causes.ts';
import { type Channel, channelFields } from './channel.ts';
import { eventMessage, type EslEventMessage } from './message.ts';

/** What a new channel is. */
export interface NewChannel {
  /** '' where nobody chose one. */
  readonly uuid: string;
  readonly name: string;
  readonly destination: string;
  /** The channel that calls it; undefined for a call's first. */
  readonly caller: Channel | undefined;
  readonly callerName: string;
  readonly callerNumber: string;
  readonly variables: readonly (readonly [name: string, value: string])[];
}

/** The channels that live, and the telling of what happens to them. */
export class Exchange {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly #emit: (message: EslEventMessage) => void;
  readonly #channels = new Map<string, Channel>();
  readonly #core = newId();
  #sequence = 0;

  constructor(clock: Clock, timers: Timers, emit: (message: EslEventMessage) => void) {
    this.clock = clock;
    this.timers = timers;
    this.#emit = emit;
  }

  get size(): number {
    return this.#channels.size;
  }

  has(uuid: string): boolean {
    return this.#channels.has(uuid);
  }

  /** Adds a channel and tells of it. An id that lives already is not taken: FreeSWITCH then chooses one. */
  add(wanted: NewChannel): Channel {
    const uuid = wanted.uuid === '' || this.#channels.has(wanted.uuid) ? newId() : wanted.uuid;
    const channel: Channel = {
      uuid,
      name: wanted.name,
      callUuid: wanted.caller?.callUuid ?? uuid,
      destination: wanted.destination,
      createdMicros: this.clock.nowMicros(),
      variables: new Map(wanted.variables),
      exported: new Map(),
      callerName: wanted.callerName,
      callerNumber: wanted.callerNumber,
      context: '',
      state: 'down',
      answeredMicros: 0,
      cause: 'NONE',
      other: wanted.caller,
    };
    this.#channels.set(uuid, channel);
    this.tell('CHANNEL_CREATE', channel);
    this.tell('CHANNEL_OUTGOING', channel);
    return channel;
  }

  ring(channel: Channel): void {
    channel.state = 'ringing';
    this.tell('CHANNEL_PROGRESS', channel);
  }

  answer(channel: Channel): void {
    channel.state = 'answered';
    channel.answeredMicros = this.clock.nowMicros();
    this.tell('CHANNEL_ANSWER', channel);
  }

  bridge(first: Channel, second: Channel): void {
    first.other = second;
    first.state = second.state = 'bridged';
    this.tell('CHANNEL_BRIDGE', first, [
      ['Bridge-A-Unique-ID', first.uuid],
      ['Bridge-B-Unique-ID', second.uuid],
    ]);
  }

  hangUp(channel: Channel, cause: Cause): void {
    if (!this.#channels.delete(channel.uuid)) return;
    if (channel.state === 'bridged') this.tell('CHANNEL_UNBRIDGE', channel);
    channel.state = 'hangup';
    channel.cause = cause;
    channel.variables.set('hangup_cause', cause);
    channel.variables.set('hangup_cause_q850', String(causeNumber(cause)));
    this.tell('CHANNEL_HANGUP', channel);
    this.tell('CHANNEL_HANGUP_COMPLETE', channel);
    this.tell('CHANNEL_DESTROY', channel);
  }

  /** Tells of something that is no channel's, or of a channel. */
  tell(
    name: string,
    channel: Channel | undefined,
    more: readonly (readonly [name: string, value: string])[] = [],
    body = '',
  ): void {
    const fields = [
      ['Event-Name', name] as const,
      ['Core-UUID', this.#core] as const,
      ['FreeSWITCH-Hostname', 'sandbox'] as const,
      ['FreeSWITCH-Switchname', 'sandbox'] as const,
      ['Event-Date-Timestamp', String(this.clock.nowMicros())] as const,
      ['Event-Sequence', String(++this.#sequence)] as const,
      ...(channel === undefined ? [] : channelFields(channel)),
      ...more,
    ];
    this.#emit(eventMessage(name, fields, body));
  }
}
