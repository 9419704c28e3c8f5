import type { Side } from '../../../../contract/call-words.ts';
import type { Cause } from '../../../calls/cause.ts';
import type { LegFact, PbxFact } from '../../../calls/fact.ts';
import type { Frame } from '../../contract.ts';
import { farHalfOf, secondOf } from './channel-ids.ts';
import { isLocal, type AriEvent } from './events.ts';
import { FirstPhones } from './first-phones.ts';

/** A fact, and the message that told it, where that is not the one which is being read. */
export interface Told {
  readonly fact: PbxFact;
  readonly frame?: Frame;
}

/** `none`: nothing was told of it yet. */
export type Standing = 'none' | 'alive' | 'over';

/** What is known of one side of a call. */
interface Leg {
  /** The channel that stands for it now: another than at first after a transfer, or where a phone forwards. */
  channelId: string;
  readonly told: Set<LegFact['happened']>;
  isOver: boolean;
}

const STEPS: readonly LegFact['happened'][] = ['asked', 'ringing', 'answered', 'hung_up', 'ended'];
const OVER: Told = { fact: { type: 'ended' } };

/** What only says that it was ended. */
const NO_CAUSES: ReadonlySet<number | undefined> = new Set([undefined, 0, 16]);
/** A silent phone's cause, and that of a phone beside the one that answered: nobody knows better. */
const PLAIN_CAUSES: ReadonlySet<number | undefined> = new Set([19, 26]);

/** Whether the first channel is asked what the phone behind this channel, or its own, said, as nothing here tells it. */
export function needsReason({
  channel,
  cause: { q850 },
}: Extract<AriEvent, { type: 'ChannelDestroyed' }>): boolean {
  if (channel.state === 'Up') return false;
  return isLocal(channel) ? !PLAIN_CAUSES.has(q850) : NO_CAUSES.has(q850);
}

/**
 * What the events of one call tell of it. Nothing is remembered of a message that tells no fact, now or later, so that
 * the messages which did tell one tell the same again.
 */
export class FollowedCall {
  readonly #firstId: string;
  readonly #legs: Readonly<Record<Side, Leg>>;
  readonly #phones = new FirstPhones();
  /** Channels that stand for a leg, or did. */
  readonly #standIns = new Set<string>();
  /** The second leg's own cause, while the first channel may know better. */
  #withheld: Cause | undefined;
  #knowsReason = false;

  constructor(firstId: string) {
    this.#firstId = firstId;
    this.#legs = { first: newLeg(firstId), second: newLeg(secondOf(firstId)) };
  }

  /** Nothing of it is left. */
  get isOver(): boolean {
    return this.#legs.first.isOver && this.standingOf('second') !== 'alive';
  }

  /** Channels that are not known by their ids: what rings behind a first leg, and what stands for a leg. */
  get strangers(): string[] {
    return [...this.#phones.ids, ...this.#standIns];
  }

  /** What the second leg came to was told. */
  get knowsReason(): boolean {
    return this.#knowsReason;
  }

  standingOf(side: Side): Standing {
    const { told, isOver } = this.#legs[side];
    if (isOver) return 'over';
    return told.size === 0 ? 'none' : 'alive';
  }

  channelOf(side: Side): string {
    return this.#legs[side].channelId;
  }

  sideOf(channelId: string): Side | undefined {
    if (channelId === this.#legs.first.channelId) return 'first';
    return channelId === this.#legs.second.channelId ? 'second' : undefined;
  }

  /** @param frame the message that the event came in, for what is told of it later. */
  hear(event: AriEvent, frame: Frame): readonly Told[] {
    switch (event.type) {
      case 'Dial':
        return this.#dialled(event, frame);
      case 'ChannelHangupRequest':
        return this.#hangUpAsked(event, frame);
      case 'ChannelDestroyed':
        return this.#destroyed(event);
      case 'StasisStart':
        return this.#replaced(this.sideOf(event.replacesId), event.channel.id);
      case 'ApplicationReplaced':
        return [];
    }
  }

  /** Why the second leg came to nothing, as the first channel knew it when it was asked. */
  hearReason(cause: Cause): readonly Told[] {
    return this.#knowsReason ? [] : this.#secondCameTo(cause);
  }

  standIn(side: Side, channelId: string): void {
    this.#legs[side].channelId = channelId;
    this.#standIns.add(channelId);
  }

  /** The second leg ended while nobody listened. */
  missSecond(): void {
    this.#legs.second.isOver = true;
  }

  /** Another channel stands for a leg from now on: for what it rings is asked to. The end of the former is no end. */
  #replaced(side: Side | undefined, channelId: string): readonly Told[] {
    if (side === undefined || channelId === '' || this.#legs[side].isOver) return [];
    this.standIn(side, channelId);
    return this.#leg(side, 'asked');
  }

  #dialled(
    { peer, callerId, status, forwardedId }: Extract<AriEvent, { type: 'Dial' }>,
    frame: Frame,
  ): readonly Told[] {
    if (callerId === farHalfOf(this.#firstId)) {
      this.#phones.dialled(peer.id, status, frame);
      return status === '' ? this.#leg('first', 'asked') : [];
    }
    const side = this.sideOf(peer.id);
    if (side === undefined) return [];
    if (forwardedId !== '') return this.#replaced(side, forwardedId);
    const isThroughDialplan = side === 'first' && isLocal(peer);
    switch (status) {
      case '':
        // Of a Local channel its phones are asked, one by one.
        return isThroughDialplan ? [] : this.#once(side, 'asked');
      case 'RINGING':
        return this.#once(side, 'ringing');
      case 'ANSWER':
        return this.#answered(side);
      default:
        if (isThroughDialplan) this.#phones.cameTo(status, frame);
        return [];
    }
  }

  /** Both are in one bridge before the second is dialled, so its answer is what connects them. */
  #answered(side: Side): readonly Told[] {
    const told = this.#once(side, 'answered');
    if (side === 'first' || told.length === 0 || this.#legs.first.isOver) return told;
    return [...told, { fact: { type: 'connected' } }];
  }

  #hangUpAsked(
    { channel, isSoft, cause }: Extract<AriEvent, { type: 'ChannelHangupRequest' }>,
    frame: Frame,
  ): readonly Told[] {
    if (isSoft) return [];
    const side = this.sideOf(channel.id);
    if (side === undefined) this.#phones.refused(channel.id, cause, frame);
    // Before the answer it is a refusal, and told as the cause.
    return side === undefined || channel.state !== 'Up' ? [] : this.#once(side, 'hung_up');
  }

  #destroyed(event: Extract<AriEvent, { type: 'ChannelDestroyed' }>): readonly Told[] {
    const side = this.sideOf(event.channel.id);
    if (side === undefined) return [];
    return side === 'first' ? this.#firstEnded(event) : this.#secondEnded(event);
  }

  #firstEnded(event: Extract<AriEvent, { type: 'ChannelDestroyed' }>): readonly Told[] {
    const { channel, cause } = event;
    const leg = this.#legs.first;
    if (leg.isOver) return [];
    leg.isOver = true;
    const isLocalUnanswered = isLocal(channel) && channel.state !== 'Up';
    const better = isLocalUnanswered ? this.#phones.better(cause) : undefined;
    const ended = this.#leg('first', 'ended', better?.cause ?? this.#ofFirst(event));
    const told = better?.frame === undefined ? ended : withFrame(ended, better.frame);
    if (this.isOver) return [...told, ...this.#lastWords(), OVER];
    // The message that is read tells something too: it is kept with that.
    return told === ended ? ended : [...told, ...this.#leg('first', 'ended')];
  }

  /** Older versions give no cause to a phone that has rung until its time was up (16.28). */
  #ofFirst({ channel, cause }: Extract<AriEvent, { type: 'ChannelDestroyed' }>): Cause {
    const isTimeUp = channel.state !== 'Up' && (cause.q850 ?? 0) === 0 && this.#legs.first.told.has('asked');
    return isTimeUp ? { ...cause, means: 'no_answer' } : cause;
  }

  #secondEnded(event: Extract<AriEvent, { type: 'ChannelDestroyed' }>): readonly Told[] {
    const { first, second } = this.#legs;
    if (second.isOver) return [];
    second.isOver = true;
    if (!first.isOver && !this.#knowsReason && needsReason(event)) {
      this.#withheld = event.cause;
      return this.#leg('second', 'ended');
    }
    const ended = this.#knowsReason ? this.#leg('second', 'ended') : this.#secondCameTo(event.cause);
    return first.isOver ? [...ended, OVER] : ended;
  }

  #secondCameTo(cause: Cause): readonly Told[] {
    this.#knowsReason = true;
    return this.#leg('second', 'ended', cause);
  }

  /** Nobody knew better. */
  #lastWords(): readonly Told[] {
    return this.#withheld === undefined ? [] : this.hearReason(this.#withheld);
  }

  /** Each once; what comes after what follows it is late, and its time would be wrong. */
  #once(side: Side, happened: LegFact['happened']): readonly Told[] {
    const { told } = this.#legs[side];
    const isLate = STEPS.slice(STEPS.indexOf(happened)).some((step) => told.has(step));
    return isLate ? [] : this.#leg(side, happened);
  }

  #leg(side: Side, happened: LegFact['happened'], cause?: Cause): readonly Told[] {
    this.#legs[side].told.add(happened);
    return [{ fact: { type: 'leg', side, happened, ...(cause === undefined ? {} : { cause }) } }];
  }
}

function withFrame(told: readonly Told[], frame: Frame): readonly Told[] {
  return told.map(({ fact }) => ({ fact, frame }));
}

function newLeg(channelId: string): Leg {
  return { channelId, told: new Set(), isOver: false };
}
