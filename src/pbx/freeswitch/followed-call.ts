import type { Side } from '../../../contract/call-words.ts';
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
    this.#roles = new ChannelRoles();
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
    const unknownCaller = this.#unknownCaller(event);
    const role = this.#roles.roleOf(uuid, event);
    if (role === undefined || this.#gone.has(uuid)) return [];
    const side = role.side === 'first' ? this.#first : this.#second;
    const isHangup = name === 'CHANNEL_HANGUP' || name === 'CHANNEL_HANGUP_COMPLETE';
    if (role.part === 'behind') {
      if (isHangup) return this.#phoneBehindGone(uuid, side, event);
      return name === 'CHANNEL_CREATE' ? side.askedBehind(uuid) : [];
    }
    if (side === this.#second) {
      this.#isPickedUp = true;
      if (unknownCaller !== undefined) this.#first.phones.add(unknownCaller);
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
        return this.#joined(uuid, role.side, event);
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

  /** Who began to listen in mid-call hears of the first phone by whom it calls. */
  #unknownCaller(event: EslEvent): string | undefined {
    const caller = event.get('Other-Type') === 'originator' ? event.get('Other-Leg-Unique-ID') : undefined;
    return caller === undefined || this.#roles.knows(caller) ? undefined : caller;
  }

  #joined(uuid: string, side: Side, event: EslEvent): PbxFact[] {
    const members = ['A', 'B'].map((each) => event.get(`Bridge-${each}-Unique-ID`) ?? '');
    const other = members.find((each) => each !== uuid);
    if (other === undefined || other === '' || this.#gone.has(other)) return [];
    const [near, far] = side === 'first' ? [uuid, other] : [other, uuid];
    // A second side that was sent on is joined with others.
    if (side === 'second' && !this.#first.phones.has(near)) return [];
    this.#isPickedUp = true;
    this.#isJoined = true;
    this.#first.phones.add(near);
    if (this.#second.phones.has(far)) return this.#second.isAnswered ? this.#connected() : [];
    this.#roles.join(far);
    this.#isConnected = true;
    return [...this.#second.joined(far), { type: 'connected' }];
  }

  #connected(): PbxFact[] {
    if (this.#isConnected) return [];
    this.#isConnected = true;
    return [{ type: 'connected' }];
  }

  #phoneBehindGone(uuid: string, side: FollowedSide, event: EslEvent): PbxFact[] {
    this.#gone.add(uuid);
    if (hungUpItself(event)) return side.hungUp();
    return lostTheRace(event) || side.isAnswered ? [] : side.goneBehind(uuid, causeOf(event));
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
