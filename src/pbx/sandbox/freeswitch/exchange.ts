import type { Clock } from '../../../kit/clock.ts';
import { newId } from '../../../kit/ids.ts';
import type { Timers } from '../timers.ts';
import { type Cause, q850Of } from './causes.ts';
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
  readonly direction?: 'inbound';
  readonly variables: readonly (readonly [name: string, value: string])[];
}

/** How a channel came to its end: by the phone itself, by its answer to our call, or by FreeSWITCH. */
export type Ending = 'recv_bye' | 'send_bye' | 'send_cancel' | { readonly sip: number };

/** The channels that live, and the telling of what happens to them. */
export class Exchange {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly #emit: (message: EslEventMessage) => void;
  readonly #channels = new Map<string, Channel>();
  readonly #core = newId();
  /** Channels that have hung up, and what they have to report of it in a thread of their own. */
  readonly #reports: (() => void)[] = [];
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
      direction: wanted.direction ?? 'outbound',
      state: 'down',
      answeredMicros: 0,
      cause: 'NONE',
      caller: wanted.caller,
      other: undefined,
    };
    this.#channels.set(uuid, channel);
    if (channel.direction === 'outbound') this.tell('CHANNEL_OUTGOING', channel);
    this.tell('CHANNEL_CREATE', channel);
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

  /** Hangs a channel up; what it was is reported a little later, in the order of the hang-ups. */
  hangUp(channel: Channel, cause: Cause, ending: Ending): void {
    if (channel.state === 'hangup' || !this.#channels.has(channel.uuid)) return;
    if (channel.state === 'bridged') this.tell('CHANNEL_UNBRIDGE', channel);
    const wasAnswered = channel.answeredMicros > 0;
    channel.state = 'hangup';
    channel.cause = cause;
    if (ending === 'recv_bye')
      setAll(channel, { sip_term_status: '200', proto_specific_hangup_cause: 'sip:200' });
    if (typeof ending === 'object') {
      const sip = String(ending.sip);
      setAll(channel, {
        sip_hangup_disposition: 'recv_refuse',
        sip_invite_failure_status: sip,
        sip_term_status: sip,
        proto_specific_hangup_cause: `sip:${sip}`,
      });
    }
    this.tell('CHANNEL_HANGUP', channel);
    this.#reports.push(() => {
      if (typeof ending === 'string')
        setAll(channel, {
          sip_hangup_disposition: ending === 'send_bye' && !wasAnswered ? 'send_cancel' : ending,
        });
      setAll(channel, { hangup_cause: cause, hangup_cause_q850: String(q850Of(cause)) });
      this.tell('CHANNEL_HANGUP_COMPLETE', channel);
      this.#channels.delete(channel.uuid);
      this.tell('CHANNEL_DESTROY', channel);
    });
    setImmediate(() => this.#reports.shift()?.());
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

function setAll(channel: Channel, variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) channel.variables.set(name, value);
}
