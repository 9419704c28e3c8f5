import type { Side } from '../../../../contract/call-words.ts';
import type { CallEvent, EventReader, Frame } from '../../contract.ts';
import { firstIdOf, firstOfFarHalf } from './channel-ids.ts';
import { readEvent, type AriEvent } from './events.ts';
import { FollowedCall, type Standing, type Told } from './followed-call.ts';
import { readReason, type Reason } from './reason.ts';

/** More than a PBX is ever asked to bear at once; beyond it, the call that was heard of first is forgotten. */
const CALLS_MAX = 10_000;
/** Of so many calls that are over it is known that nothing more is to be told. */
const OVER_MAX = 1_000;

/** Reads the events of an application, and the answers that tell why a second leg came to nothing, into facts of calls. */
export class AriReader implements EventReader {
  readonly #calls = new Map<string, FollowedCall>();
  /** Channels that are not known by their ids, and whose they are. */
  readonly #strangers = new Map<string, string>();
  readonly #over = new Set<string>();

  read(raw: string, atMicros: number): readonly CallEvent[] {
    const frame: Frame = { direction: 'received', atMicros, raw };
    const event = raw.startsWith('{') ? readEvent(parse(raw)) : undefined;
    if (event !== undefined) return this.hear(event, frame);
    const reason = readReason(raw);
    return reason === undefined ? [] : this.hearReason(reason, frame);
  }

  hear(event: AriEvent, frame: Frame): readonly CallEvent[] {
    const firstId = this.#callOfEvent(event);
    return firstId === undefined ? [] : this.#tell(firstId, frame, (call) => call.hear(event, frame));
  }

  hearReason({ firstId, cause }: Reason, frame: Frame): readonly CallEvent[] {
    return cause === undefined ? [] : this.#tell(firstId, frame, (call) => call.hearReason(cause));
  }

  /** The channels that are taken for alive. */
  alive(): string[] {
    return [...this.#calls.values()].flatMap((call) =>
      (['first', 'second'] as const)
        .filter((side) => side === 'first' || call.standingOf(side) === 'alive')
        .map((side) => call.channelOf(side)),
    );
  }

  /** These ended while nobody listened: their end is not told any more, and not waited for. */
  miss(channelIds: readonly string[]): void {
    for (const id of channelIds) {
      const firstId = this.callOf(id) ?? '';
      const call = this.#calls.get(firstId);
      const side = call?.sideOf(id);
      if (side === 'first' && call !== undefined) this.#forget(firstId, call);
      else if (side === 'second') call?.missSecond();
    }
  }

  /** A channel stands for a leg, as is found and was not heard. */
  noteStandIn(firstId: string, side: Side, channelId: string): void {
    const call = this.#calls.get(firstId) ?? new FollowedCall(firstId);
    call.standIn(side, channelId);
    this.#keep(firstId, call);
  }

  /** The call of a channel that is, was or stands for one of its legs, or rings for it. */
  callOf(channelId: string): string | undefined {
    return firstIdOf(channelId) ?? this.#strangers.get(channelId);
  }

  /** Which leg a channel stands for; undefined: none, or none any more. */
  sideOf(channelId: string): Side | undefined {
    const firstId = this.callOf(channelId);
    if (firstId === undefined) return undefined;
    return (this.#calls.get(firstId) ?? new FollowedCall(firstId)).sideOf(channelId);
  }

  /** The channel that stands for a leg. */
  channelOf(firstId: string, side: Side): string {
    return (this.#calls.get(firstId) ?? new FollowedCall(firstId)).channelOf(side);
  }

  /** What is known of a side; undefined: nothing is known of the call, which another process may have begun. */
  standingOf(firstId: string, side: Side): Standing | undefined {
    return this.#over.has(firstId) ? 'over' : this.#calls.get(firstId)?.standingOf(side);
  }

  /** Whether it was told what the second leg came to. */
  knowsReason(firstId: string): boolean {
    return this.#calls.get(firstId)?.knowsReason ?? false;
  }

  #tell(firstId: string, frame: Frame, read: (call: FollowedCall) => readonly Told[]): readonly CallEvent[] {
    if (this.#over.has(firstId)) return [];
    const known = this.#calls.get(firstId);
    const call = known ?? new FollowedCall(firstId);
    const told = read(call);
    if (told.length === 0) return [];
    if (call.isOver) this.#end(firstId, call);
    else this.#keep(firstId, call);
    return eventsOf(firstId, told, frame);
  }

  /** The call that an event is about; undefined: none of ours. */
  #callOfEvent(event: AriEvent): string | undefined {
    switch (event.type) {
      case 'Dial':
        return firstOfFarHalf(event.callerId) ?? this.callOf(event.peer.id);
      case 'ChannelHangupRequest':
      case 'ChannelDestroyed':
        return this.callOf(event.channel.id);
      case 'StasisStart':
        return this.callOf(event.replacesId);
      case 'ApplicationReplaced':
        return undefined;
    }
  }

  #keep(firstId: string, call: FollowedCall): void {
    this.#calls.set(firstId, call);
    for (const id of call.strangers) this.#strangers.set(id, firstId);
    const [oldest] = this.#calls;
    if (this.#calls.size > CALLS_MAX && oldest !== undefined) this.#forget(...oldest);
  }

  #end(firstId: string, call: FollowedCall): void {
    this.#forget(firstId, call);
    this.#over.add(firstId);
    const [oldest] = this.#over;
    if (this.#over.size > OVER_MAX && oldest !== undefined) this.#over.delete(oldest);
  }

  #forget(firstId: string, { strangers }: FollowedCall): void {
    this.#calls.delete(firstId);
    for (const id of strangers) this.#strangers.delete(id);
  }
}

/** The message stands with the first fact that it told. */
function eventsOf(channelId: string, told: readonly Told[], frame: Frame): CallEvent[] {
  const { atMicros } = frame;
  const own = told.findIndex((each) => each.frame === undefined);
  return told.map(({ fact, frame: earlier }, index) => {
    const of = earlier ?? (index === own ? frame : undefined);
    return { type: 'call', channelId, atMicros, fact, ...(of === undefined ? {} : { frame: of }) };
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
