import type { PbxFact } from '../../calls/fact.ts';
import { ChannelRoles } from './channel-roles.ts';
import { FollowedSide } from './followed-side.ts';
import {
  causeNamed,
  causeOf,
  causeOfTalk,
  causeOfUnrung,
  hungUpItself,
  lostTheRace,
} from './hangup-cause.ts';
import type { EslEvent } from './message.ts';

/**
 * One call, from its first channel to its last, as the events of its channels tell of it. It is told what it needs by
 * events that tell something: a journal that has only those makes the same of them.
 */
export class FollowedCall {
  readonly uuid: string;
  readonly #roles: ChannelRoles;
  readonly #first = new FollowedSide('first');
  readonly #second = new FollowedSide('second');
  readonly #gone = new Set<string>();
  /** The first phone and one of the second side were joined, by their early media, before that was picked up. */
  #isJoined = false;
  #isPickedUp = false;
  #isConnected = false;
  #isOver = false;

  constructor(uuid: string) {
    this.uuid = uuid;
    this.#roles = new ChannelRoles(uuid);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Every channel that it was heard of by. */
  get channels(): Iterable<string> {
    return this.#roles.channels;
  }

  /** The channels of its phones that live, the first side's before the second's. */
  get phones(): readonly string[] {
    return [...this.#first.phones, ...this.#second.phones];
  }

  hear(name: string, event: EslEvent): PbxFact[] {
    const uuid = event.get('Unique-ID') ?? '';
    const caller = event.get('Other-Leg-Unique-ID') ?? '';
    const isNewCaller = !this.#roles.knows(caller);
    const role = this.#roles.roleOf(uuid, event);
    if (role === undefined || role.part === 'relay' || this.#gone.has(uuid)) return [];
    const side = role.side === 'first' ? this.#first : this.#second;
    const isHangup = name === 'CHANNEL_HANGUP' || name === 'CHANNEL_HANGUP_COMPLETE';
    if (role.part === 'behind') return isHangup ? this.#phoneBehindGone(side, event) : [];
    if (side === this.#second) {
      this.#isPickedUp = true;
      if (isNewCaller) this.#first.phones.add(caller);
    }
    if (isHangup) return this.#phoneGone(uuid, side, event);
    switch (name) {
      case 'CHANNEL_CREATE':
        // Another phone of a first side that has answered is about to lose.
        return side === this.#first && side.isAnswered ? [] : side.asked(uuid);
      case 'CHANNEL_PROGRESS':
      case 'CHANNEL_PROGRESS_MEDIA':
        return side.ringing(uuid);
      case 'CHANNEL_ANSWER':
        return this.#answered(uuid, side, event);
      case 'CHANNEL_BRIDGE':
        return this.#joined(uuid, event);
      default:
        return [];
    }
  }

  /** The result of the originate: `+OK <uuid>` of the phone that answered, or `-ERR <cause>`. */
  hearResult(result: string): PbxFact[] {
    const carrier = /^\+OK (\S{1,80})$/.exec(result)?.[1];
    if (carrier !== undefined) return this.#first.isAnswered ? [] : this.#firstAnswered(carrier);
    const cause = causeNamed(/^-ERR (\S+)$/.exec(result)?.[1] ?? result.slice(0, 200));
    this.#isOver = true;
    // Where nothing was even asked to ring, the call's end is all there is to tell.
    if (!this.#first.wasAsked) return [{ type: 'ended', cause }];
    return [...this.#first.ended(cause), { type: 'ended' }];
  }

  #firstAnswered(uuid: string): PbxFact[] {
    this.#isPickedUp = true;
    return this.#first.answered(uuid);
  }

  #answered(uuid: string, side: FollowedSide, event: EslEvent): PbxFact[] {
    if (side === this.#first) return this.#firstAnswered(uuid);
    const facts = side.answered(uuid);
    const isJoined = this.#isJoined || event.get('variable_last_bridge_to') !== undefined;
    return isJoined ? [...facts, ...this.#connected()] : facts;
  }

  #joined(uuid: string, event: EslEvent): PbxFact[] {
    const members = ['A', 'B'].map((each) => event.get(`Bridge-${each}-Unique-ID`) ?? '');
    const own = members.find((each) => each === uuid);
    const other = members.find((each) => each !== uuid);
    if (own === undefined || other === undefined || other === '') return [];
    const [near, far] = this.#second.phones.has(own) ? [other, own] : [own, other];
    this.#isPickedUp = true;
    this.#isJoined = true;
    this.#first.phones.add(near);
    if (this.#second.phones.has(far)) return this.#second.isAnswered ? this.#connected() : [];
    this.#roles.join(far);
    this.#second.phones.clear();
    this.#second.phones.add(far);
    return this.#connected();
  }

  #connected(): PbxFact[] {
    if (this.#isConnected) return [];
    this.#isConnected = true;
    return [{ type: 'connected' }];
  }

  #phoneBehindGone(side: FollowedSide, event: EslEvent): PbxFact[] {
    if (hungUpItself(event)) return side.hungUp();
    if (!lostTheRace(event) && !side.isAnswered) side.noteCause(causeOf(event));
    return [];
  }

  #phoneGone(uuid: string, side: FollowedSide, event: EslEvent): PbxFact[] {
    this.#gone.add(uuid);
    // It rang beside the one that was picked up.
    if (lostTheRace(event) || (side.isAnswered && !side.phones.has(uuid))) {
      side.phones.delete(uuid);
      return [];
    }
    const wasAnswered = side.isAnswered || Number(event.get('Caller-Channel-Answered-Time')) > 0;
    this.#isPickedUp ||= wasAnswered;
    const facts = hungUpItself(event) ? side.hungUp() : [];
    if (wasAnswered && side === this.#first && !this.#second.wasAsked && !this.#isJoined) {
      const cause = causeOfUnrung(event);
      if (cause !== undefined) facts.push(...this.#second.ended(cause));
    }
    facts.push(...side.gone(uuid, wasAnswered ? causeOfTalk(event) : causeOf(event)));
    return [...facts, ...this.#endedWith(side)];
  }

  /** Nothing is left when the first phone is gone, and the second, which may talk on with somebody else. */
  #endedWith(side: FollowedSide): PbxFact[] {
    if (!this.#isPickedUp || this.#first.phones.size > 0) return [];
    const isTalking = this.#second.isAnswered || this.#isConnected;
    // All phones that still rang for the second side are given up together: the first of them speaks for all.
    const isLast = this.#second.phones.size === 0 || (!isTalking && side === this.#second);
    if (!isLast) return [];
    this.#isOver = true;
    return [...(this.#second.wasAsked ? this.#second.ended() : []), { type: 'ended' }];
  }
}
