import type { Side } from '../../../../contract/call-words.ts';
import type { CallEvent, EventReader, Frame } from '../../contract.ts';
import { firstOf, firstOfFarHalf, isFirst } from './channel-ids.ts';
import { readEvent, type AriEvent } from './events.ts';
import { FollowedCall, type Standing, type Told } from './followed-call.ts';
import { readReason, type Reason } from './reason.ts';

/** More than a PBX is ever asked to bear at once; beyond it, the call that was heard of first is forgotten. */
const CALLS_MAX = 10_000;

/** Reads the events of an application, and the answers that tell why a second leg came to nothing, into facts of calls. */
export class AriReader implements EventReader {
  readonly #calls = new Map<string, FollowedCall>();
  /** Phones of first legs that run through the dialplan, and whose they are. */
  readonly #phones = new Map<string, string>();

  read(raw: string, atMicros: number): readonly CallEvent[] {
    const frame: Frame = { direction: 'received', atMicros, raw };
    const event = readEvent(parse(raw));
    if (event !== undefined) return this.hear(event, frame);
    const reason = readReason(raw);
    return reason === undefined ? [] : this.hearReason(reason, frame);
  }

  hear(event: AriEvent, frame: Frame): readonly CallEvent[] {
    const firstId = this.#callOf(event);
    if (firstId === undefined) return [];
    // Of a call that another process began, it says that there is a second leg.
    const isAlive = event.type === 'Dial' && event.peer.id !== firstId && event.callerId === '';
    return this.#tell(firstId, frame, (call) => call.hear(event, frame), isAlive);
  }

  hearReason({ firstId, cause }: Reason, frame: Frame): readonly CallEvent[] {
    if (cause === undefined || !this.#calls.has(firstId)) return [];
    return this.#tell(firstId, frame, (call) => call.hearReason(cause));
  }

  /** What is known of a side; undefined: nothing is known of the call, which another process may have begun. */
  standingOf(firstId: string, side: Side): Standing | undefined {
    return this.#calls.get(firstId)?.standingOf(side);
  }

  /** Whether it was told what the second leg came to. */
  knowsReason(firstId: string): boolean {
    return this.#calls.get(firstId)?.knowsReason ?? false;
  }

  #tell(
    firstId: string,
    frame: Frame,
    work: (call: FollowedCall) => readonly Told[],
    isAlive = false,
  ): readonly CallEvent[] {
    const known = this.#calls.get(firstId);
    const call = known ?? new FollowedCall(firstId);
    const told = work(call);
    if (call.isOver) this.#forget(firstId, call);
    else if (known === undefined && (told.length > 0 || isAlive)) this.#remember(firstId, call);
    if (told.length > 0 && !call.isOver) for (const phone of call.phones) this.#phones.set(phone, firstId);
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
      case 'ChannelDestroyed': {
        const { id, state } = event.channel;
        const firstId = firstIdOf(id);
        // A second channel that was made and never dialled is no leg, where nothing else is known.
        const isNoLeg = id !== firstId && state === 'Down' && !this.#calls.has(firstId ?? '');
        return isNoLeg ? undefined : firstId;
      }
      case 'StasisStart':
      case 'ApplicationReplaced':
        return undefined;
    }
  }

  #remember(firstId: string, call: FollowedCall): void {
    this.#calls.set(firstId, call);
    const [oldest] = this.#calls;
    if (this.#calls.size > CALLS_MAX && oldest !== undefined) this.#forget(...oldest);
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
