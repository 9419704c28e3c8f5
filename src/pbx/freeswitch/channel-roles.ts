import type { Side } from '../../../contract/call-words.ts';
import type { EslEvent } from './message.ts';

/**
 * What a channel is to its call. `phone`: one that we or the first phone call. Where that goes through the dialplan by a
 * loopback channel, `relay` is the half that runs the dialplan, and `behind` what it calls: it is the real phone, and the
 * loopback channel lives and ends with it.
 */
export interface Role {
  readonly side: Side;
  readonly part: 'phone' | 'relay' | 'behind';
}

/** Tells the channels of one call apart: by who called whom, as each event of a channel says. */
export class ChannelRoles {
  readonly #callUuid: string;
  readonly #roles = new Map<string, Role>();
  /** Relays, by the half that called them; that half's own event may come later. */
  readonly #relays = new Map<string, string>();

  constructor(callUuid: string) {
    this.#callUuid = callUuid;
  }

  get channels(): Iterable<string> {
    return [...this.#roles.keys(), ...this.#relays.keys()];
  }

  /** Undefined: a channel that is none of the call's two sides, as whom somebody was transferred to. */
  roleOf(uuid: string, event: EslEvent): Role | undefined {
    const role = this.#known(uuid) ?? this.#read(event);
    if (role !== undefined && role.part !== 'relay') this.#roles.set(uuid, role);
    return role;
  }

  /** Whether it has been heard of, by an event of its own or of one that it called. */
  knows(uuid: string): boolean {
    return this.#known(uuid) !== undefined;
  }

  /** A channel that the first side was joined with though it did not call it: a queue's agent, or who picked it up. */
  join(uuid: string): void {
    this.#roles.set(uuid, { side: 'second', part: 'phone' });
  }

  #known(uuid: string): Role | undefined {
    const known = this.#roles.get(uuid);
    if (known !== undefined) return known;
    const near = this.#relays.get(uuid);
    return near === undefined ? undefined : { side: this.#sideOf(near), part: 'relay' };
  }

  #read(event: EslEvent): Role | undefined {
    const uuid = event.get('Unique-ID') ?? '';
    const near = event.get('variable_other_loopback_leg_uuid');
    if (near !== undefined && event.get('Call-Direction') === 'inbound') {
      this.#relays.set(uuid, near);
      return this.#known(uuid);
    }
    // The first phones are called by nobody; what stands there later is whom they were joined with.
    if (event.get('Other-Type') !== 'originator') return { side: 'first', part: 'phone' };
    return this.#calledBy(event.get('Other-Leg-Unique-ID') ?? '', event.get('Other-Leg-Channel-Name') ?? '');
  }

  #calledBy(caller: string, callerName: string): Role | undefined {
    const role = this.#known(caller);
    if (role?.part === 'relay') return { side: role.side, part: 'behind' };
    if (role !== undefined)
      return role.side === 'first' && role.part === 'phone' ? { side: 'second', part: 'phone' } : undefined;
    // Who began to listen in mid-call does not know the caller: it is a first phone, unless it is a relay.
    return /^loopback\/.*-b$/.test(callerName) ? undefined : { side: 'second', part: 'phone' };
  }

  #sideOf(near: string): Side {
    return near === this.#callUuid ? 'first' : (this.#roles.get(near)?.side ?? 'second');
  }
}
