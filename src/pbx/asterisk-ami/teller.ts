import type { Cause } from '../../calls/cause.ts';
import type { LegFact, PbxFact } from '../../calls/fact.ts';
import type { CallEvent, Frame } from '../contract.ts';
import { phoneStateOf } from '../asterisk/device-state.ts';
import { deviceOf, deviceToAsk, questionOf, type DeviceQuestion } from './device-question.ts';
import { hasLive, topOf, type HeardCall, type HeardSide } from './heard-call.ts';
import { causeOf, causeOfNothing, plain, saysWhy, withPhone } from './leg-cause.ts';

/**
 * Tells what one message says of a call.
 *
 * What is kept of a call must be enough to read it again, and only what tells a fact is kept. So a message that counts only
 * later, such as the cause of one of several phones, is held back and told as a part of its side's end.
 */
export class Teller {
  readonly events: CallEvent[] = [];
  readonly questions: DeviceQuestion[] = [];
  /** Nothing more will be told of this call. */
  isOver = false;
  /** The message that is read. */
  readonly frame: Frame;
  readonly #call: HeardCall;
  readonly #tech: string;
  #isFrameTold = false;

  /** @param tech of the phones behind Local channels: `PJSIP` */
  constructor(call: HeardCall, frame: Frame, tech: string) {
    this.#call = call;
    this.frame = frame;
    this.#tech = tech;
  }

  tell(fact: PbxFact): void {
    this.#push(fact, this.#isFrameTold ? undefined : this.frame);
    this.#isFrameTold = true;
  }

  leg({ side }: HeardSide, happened: LegFact['happened'], cause?: Cause): void {
    this.tell({ type: 'leg', side, happened, ...(cause === undefined ? {} : { cause }) });
  }

  answered(side: HeardSide): void {
    if (side.hasAnswered) return;
    side.hasAnswered = true;
    this.leg(side, 'answered');
  }

  /** A channel has ended, so whoever hung up did end the call. */
  left(): void {
    for (const side of [this.#call.first, this.#call.second]) {
      if (side.leaving === undefined) continue;
      this.#push({ type: 'leg', side: side.side, happened: 'hung_up' }, side.leaving);
      side.leaving = undefined;
      side.hasHungUp = true;
    }
  }

  /** Keeps the message for the end of its side. */
  hold(side: HeardSide): void {
    if (side.isOver) this.leg(side, 'ended');
    else side.held.push(this.frame);
  }

  /** Tells the end of a side when nothing of it is left, and of the call when nothing of both is. */
  settle(side: HeardSide): void {
    const { first, verdict, forwardedTo } = this.#call;
    if (side.channels.length === 0 || hasLive(side)) return;
    if (side === first && !first.hasAnswered && verdict === 'none') return;
    if (side === first && forwardedTo !== '' && verdict === 'answered') return this.#lose();
    if (!side.isOver) this.#endSide(side);
    this.end();
  }

  /**
   * The first leg failed without a channel: the PBX is asked why.
   * @param channel as it was ordered
   */
  neverBegan(channel: string): void {
    const { first } = this.#call;
    first.isOver = true;
    const device = deviceOf(channel, this.#tech);
    if (device !== undefined) this.#ask(first, device);
    this.leg(first, 'ended', device === undefined ? causeOfNothing(this.#call, undefined) : undefined);
    this.end();
  }

  /**
   * What the PBX answered about a phone.
   * @param value of `DEVICE_STATE()`; '' where it would not say
   */
  phoneIs(side: HeardSide, value: string): void {
    if (side.asked === undefined) return;
    side.asked = undefined;
    const isOrdered = side.channels.length === 0;
    const phone = phoneStateOf(value, isOrdered);
    const cause = isOrdered ? causeOfNothing(this.#call, phone) : causeOf(this.#call, side);
    this.leg(side, 'ended', withPhone(cause, phone, value));
    this.end();
  }

  /** @param isMerged whatever else is left of it goes by another name from now on */
  end(isMerged = false): void {
    const { first, second } = this.#call;
    const isAsking = first.asked !== undefined || second.asked !== undefined;
    const isLive = !first.isOver || hasLive(first) || hasLive(second);
    if (this.isOver || isAsking || (isLive && !isMerged)) return;
    this.isOver = true;
    this.tell({ type: 'ended' });
  }

  #endSide(side: HeardSide): void {
    side.isOver = true;
    const device = deviceToAsk(side, this.#tech);
    if (device !== undefined) this.#ask(side, device);
    const cause = device === undefined ? causeOf(this.#call, side) : undefined;
    this.#release(side, { type: 'leg', side: side.side, happened: 'ended' });
    this.leg(side, 'ended', cause);
    if (side === this.#call.first) this.#secondWasNotDialled();
  }

  /** The PBX could not even dial: what the first channel ends with is the second's cause. */
  #secondWasNotDialled(): void {
    const { first, second } = this.#call;
    const top = topOf(first);
    if (!first.hasAnswered || first.hasHungUp || second.channels.length > 0 || !saysWhy(top)) return;
    second.isOver = true;
    this.leg(second, 'asked');
    this.leg(second, 'ended', plain(top));
  }

  #ask(side: HeardSide, device: string): void {
    side.asked = device;
    this.questions.push(questionOf(this.#call.channelId, side.side, device));
  }

  /** Somebody else answered for the first phone, on a channel that has nothing of ours. */
  #lose(): void {
    const fact = { type: 'untold', why: 'forwarded' } as const;
    this.isOver = true;
    this.#release(this.#call.first, fact);
    this.tell(fact);
  }

  /** What was held back tells, one message after the other, what this one does in the end. */
  #release({ held }: HeardSide, fact: PbxFact): void {
    for (const frame of held.splice(0)) if (frame !== this.frame) this.#push(fact, frame);
  }

  #push(fact: PbxFact, frame: Frame | undefined): void {
    const { channelId } = this.#call;
    const { atMicros } = this.frame;
    this.events.push({ type: 'call', channelId, atMicros, fact, ...(frame === undefined ? {} : { frame }) });
  }
}
