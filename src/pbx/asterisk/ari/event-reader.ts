import type { Side } from '../../../../contract/call-words.ts';
import type { CallEvent, EventReader, Frame } from '../../contract.ts';
import { firstOf, firstOfFarHalf, isFirst, secondOf } from './channel-ids.ts';
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
  /** Phones of first legs that run through the dialplan, and whose they are. */
  readonly #phones = new Map<string, string>();
  readonly #over = new Set<string>();

  read(raw: string, atMicros: number): readonly CallEvent[] {
    const frame: Frame = { direction: 'received', atMicros, raw };
    const event = raw.startsWith('{') ? readEvent(parse(raw)) : undefined;
    if (event !== undefined) return this.hear(event, frame);
    const reason = readReason(raw);
    return reason === undefined ? [] : this.hearReason(reason, frame);
  }

  hear(event: AriEvent, frame: Frame): readonly CallEvent[] {
    const firstId = this.#callOf(event);
    return firstId === undefined ? [] : this.#tell(firstId, frame, (call) => call.hear(event, frame));
  }

  hearReason({ firstId, cause }: Reason, frame: Frame): readonly CallEvent[] {
    return cause === undefined ? [] : this.#tell(firstId, frame, (call) => call.hearReason(cause));
  }

  /** The channels that are taken for alive. */
  alive(): string[] {
    return [...this.#calls].flatMap(([firstId, call]) =>
      call.standingOf('second') === 'alive' ? [firstId, secondOf(firstId)] : [firstId],
    );
  }

  /** These ended while nobody listened: their end is not told any more, and not waited for. */
  miss(channelIds: readonly string[]): void {
    for (const id of channelIds) {
      const firstId = firstIdOf(id) ?? '';
      const call = this.#calls.get(firstId);
      if (call === undefined) continue;
      if (id === firstId) this.#forget(firstId, call);
      else call.missSecond();
    }
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
  #callOf(event: AriEvent): string | undefined {
    switch (event.type) {
      case 'Dial': {
        const { peer, callerId } = event;
        return firstOfFarHalf(callerId) ?? firstIdOf(peer.id);
      }
      case 'ChannelHangupRequest':
        return firstIdOf(event.channel.id) ?? this.#phones.get(event.channel.id);
      case 'ChannelDestroyed':
        return firstIdOf(event.channel.id);
      case 'StasisStart':
      case 'ApplicationReplaced':
        return undefined;
    }
  }

  #keep(firstId: string, call: FollowedCall): void {
    this.#calls.set(firstId, call);
    for (const phone of call.phones) this.#phones.set(phone, firstId);
    const [oldest] = this.#calls;
    if (this.#calls.size > CALLS_MAX && oldest !== undefined) this.#forget(...oldest);
  }

  #end(firstId: string, call: FollowedCall): void {
    this.#forget(firstId, call);
    this.#over.add(firstId);
    const [oldest] = this.#over;
    if (this.#over.size > OVER_MAX && oldest !== undefined) this.#over.delete(oldest);
  }

  #forget(firstId: string, { phones }: FollowedCall): void {
    this.#calls.delete(firstId);
    for (const phone of phones) this.#phones.delete(phone);
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

function firstIdOf(channelId: string): string | undefined {
  return isFirst(channelId) ? channelId : firstOf(channelId);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
