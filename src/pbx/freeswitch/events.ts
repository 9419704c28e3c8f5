import type { PbxFact } from '../../calls/fact.ts';
import type { CallEvent, EventReader } from '../contract.ts';
import { channelIdOfUuid } from './channel-ids.ts';
import { NEEDED_EVENTS, USEFUL_EVENTS } from './faults.ts';
import { FollowedCall } from './followed-call.ts';
import { EslEvent } from './message.ts';

const CALL_EVENTS = new Set([...NEEDED_EVENTS, ...USEFUL_EVENTS]);
const FOLLOWED_MAX = 10_000;
/** Of calls that are over a few more events come; they open none anew. */
const OVER_MAX = 2_000;
const UUID = /^[0-9a-f-]{36}$/;

/**
 * Reads a FreeSWITCH's events into facts of our calls. Every channel of a call of ours has the variable `click2call_id`,
 * or names the channel that called it.
 */
export class FreeswitchReader implements EventReader {
  readonly #calls = new Map<string, FollowedCall>();
  readonly #byChannel = new Map<string, FollowedCall>();
  readonly #over = new Set<string>();

  read(raw: string, atMicros: number): CallEvent[] {
    return this.readEvent(new EslEvent(Buffer.from(raw, 'utf8')), atMicros);
  }

  readEvent(event: EslEvent, atMicros: number): CallEvent[] {
    const name = event.get('Event-Name') ?? '';
    if (!CALL_EVENTS.has(name)) return [];
    const call = name === 'BACKGROUND_JOB' ? this.#callOfJob(event) : this.#callOfChannel(event);
    if (call === undefined) return [];
    const facts = name === 'BACKGROUND_JOB' ? call.hearResult(event.body.trim()) : call.hear(name, event);
    for (const uuid of call.channels) this.#byChannel.set(uuid, call);
    if (call.isOver) this.#forget(call);
    return tell(call.uuid, facts, event, atMicros);
  }

  /** The channels of a call's phones that are known to live; none: nothing is known of it. */
  phonesOf(uuid: string): readonly string[] {
    return this.#calls.get(uuid)?.phones ?? [];
  }

  /** Whether the end of that call was heard, as far back as is remembered. */
  isOver(uuid: string): boolean {
    return this.#over.has(uuid);
  }

  /** The PBX was asked, and has nothing of that call. */
  gone(uuid: string): void {
    const call = this.#calls.get(uuid);
    if (call !== undefined) this.#forget(call);
  }

  #callOfJob(event: EslEvent): FollowedCall | undefined {
    const uuid = event.get('Job-UUID') ?? '';
    const isOurs =
      event.get('Job-Command') === 'originate' && argument(event).includes(`click2call_id=${uuid}`);
    return isOurs ? this.#callOf(uuid) : undefined;
  }

  #callOfChannel(event: EslEvent): FollowedCall | undefined {
    const known = this.#byChannel.get(event.get('Unique-ID') ?? '');
    if (known !== undefined) return known;
    const id = event.get('variable_click2call_id');
    if (id !== undefined) return this.#callOf(id);
    if (event.get('Other-Type') !== 'originator') return undefined;
    return this.#byChannel.get(event.get('Other-Leg-Unique-ID') ?? '');
  }

  #callOf(uuid: string): FollowedCall | undefined {
    const known = this.#calls.get(uuid);
    if (known !== undefined || this.#over.has(uuid) || !UUID.test(uuid)) return known;
    const call = new FollowedCall(uuid);
    this.#calls.set(uuid, call);
    const [oldest] = this.#calls.values();
    if (this.#calls.size > FOLLOWED_MAX && oldest !== undefined) this.#forget(oldest);
    return call;
  }

  #forget(call: FollowedCall): void {
    this.#calls.delete(call.uuid);
    for (const uuid of call.channels) this.#byChannel.delete(uuid);
    this.#over.add(call.uuid);
    const [oldest] = this.#over;
    if (this.#over.size > OVER_MAX && oldest !== undefined) this.#over.delete(oldest);
  }
}

function argument(event: EslEvent): string {
  return event.get('Job-Command-Arg') ?? '';
}

function tell(uuid: string, facts: readonly PbxFact[], event: EslEvent, atMicros: number): CallEvent[] {
  const channelId = channelIdOfUuid(uuid);
  return facts.map((fact, index) => ({
    type: 'call',
    channelId,
    atMicros,
    fact,
    ...(index === 0 ? { frame: { direction: 'received', atMicros, raw: event.masked } } : {}),
  }));
}
