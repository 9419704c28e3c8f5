import type { Side } from '../../../contract/call-words.ts';
import type { EslEvent } from './message.ts';

/**
 * What a channel is to its call. `phone`: one that we or the first phone call. Where that goes through the dialplan by a
 * loopback channel, `behind` is what the loopback's other half calls in turn: the real phone, with which the loopback lives
 * and ends.
 */
export interface Role {
  readonly side: Side;
  readonly part: 'phone' | 'behind';
}

/** Tells the channels of one call apart: by who called whom, as each event of a channel says. */
export class ChannelRoles {
  readonly #sides = new Map<string, Side>();
  /** What follows `loopback/` in the names of both halves. */
  readonly #loopbacks = new Map<string, Side>();

  get channels(): Iterable<string> {
    return this.#sides.keys();
  }

  /** Undefined: a loopback's other half, or none of the call's two sides, as whom somebody was transferred to. */
  roleOf(uuid: string, event: EslEvent): Role | undefined {
    if (loopback(event.get('Channel-Name'), 'b') !== undefined) return undefined;
    const caller = event.get('Other-Type') === 'originator' ? event.get('Other-Leg-Channel-Name') : undefined;
    const relay = loopback(caller, 'b');
    if (relay !== undefined) return this.#behind(this.#loopbacks.get(relay));
    const side = this.#sides.get(uuid) ?? this.#read(event);
    if (side === undefined) return undefined;
    this.#sides.set(uuid, side);
    const near = loopback(event.get('Channel-Name'), 'a');
    if (near !== undefined) this.#loopbacks.set(near, side);
    return { side, part: 'phone' };
  }

  /** Whether it has been heard of by an event of its own. */
  knows(uuid: string): boolean {
    return this.#sides.has(uuid);
  }

  /** A channel that the first side was joined with though it did not call it: a queue's agent, or who picked it up. */
  join(uuid: string): void {
    this.#sides.set(uuid, 'second');
  }

  #behind(side: Side | undefined): Role | undefined {
    return side === undefined ? undefined : { side, part: 'behind' };
  }

  #read(event: EslEvent): Side | undefined {
    // The first phones are called by nobody; what stands there later is whom they were joined with.
    if (event.get('Other-Type') !== 'originator') return 'first';
    // Who began to listen in mid-call does not know the caller: it is a first phone.
    return this.#sides.get(event.get('Other-Leg-Unique-ID') ?? '') === 'second' ? undefined : 'second';
  }
}

function loopback(name: string | undefined, half: 'a' | 'b'): string | undefined {
  return name?.startsWith('loopback/') && name.endsWith(`-${half}`) ? name.slice(9, -2) : undefined;
}
