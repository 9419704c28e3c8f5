import { channelIdOf } from '../../calls/call.ts';
import { phoneTech } from '../asterisk/device-state.ts';
import type { AsteriskSettings } from '../asterisk/settings.ts';
import type { CallEvent, EventReader } from '../contract.ts';
import { answersTo, type DeviceQuestion } from './device-question.ts';
import { headerOf, kept } from './header.ts';
import {
  addChannel,
  findChannel,
  isPhone,
  keepEarly,
  liveBehind,
  newCall,
  sideDialledBy,
  takeEarly,
  type HeardCall,
  type HeardSide,
} from './heard-call.ts';
import { Teller } from './teller.ts';
import { lookUp } from '../../kit/look-up.ts';

/** So many calls are known at a time; beyond it, the one that began first is forgotten. */
const CALLS_MAX = 20_000;
/** How every channel id of ours begins: what does not have it is no call of ours. */
export const OUR_CHANNELS = channelIdOf('');
/** `ChannelState` of a channel that was answered. */
const UP = '6';

type Reading = (raw: string, call: HeardCall, teller: Teller) => void;

/**
 * Reads AMI events into facts (main/manager_channels.c, manager_bridges.c). All channels of a call have our channel id as
 * their `Linkedid`, and `DialBegin` tells for which side each was dialled. A side is over when every channel that was
 * dialled for it is gone: the phone's own `Hangup`, with its cause, may come after that of the first channel.
 */
export class AmiEventReader implements EventReader {
  readonly #tech: string;
  readonly #calls = new Map<string, HeardCall>();
  readonly #questions: DeviceQuestion[] = [];

  constructor(settings: Pick<AsteriskSettings, 'first_channel'>) {
    this.#tech = phoneTech(settings);
  }

  read(raw: string, atMicros: number): readonly CallEvent[] {
    const event = headerOf(raw, 'Event');
    const reading = event === '' ? readAnswer : lookUp(READINGS, event);
    const call = reading === undefined ? undefined : this.#callOf(raw, event);
    if (reading === undefined || call === undefined) return [];
    const teller = new Teller(call, { direction: 'received', atMicros, raw }, this.#tech);
    reading(raw, call, teller);
    this.#questions.push(...teller.questions);
    if (teller.isOver) this.forget(call.channelId);
    return teller.events;
  }

  /** What the PBX is to be asked now, and its answers to be read: each once. */
  takeQuestions(): readonly DeviceQuestion[] {
    return this.#questions.length === 0 ? NO_QUESTIONS : this.#questions.splice(0);
  }

  /** Whether anything was heard of a call that is not over. */
  knows(channelId: string): boolean {
    return this.#calls.has(channelId);
  }

  /** The channels of a call that live, beside its first. */
  liveBehind(channelId: string): readonly string[] {
    const call = this.#calls.get(channelId);
    return call === undefined ? [] : liveBehind(call);
  }

  forget(channelId: string): void {
    this.#calls.delete(channelId);
  }

  /** The call that a message is about; undefined for what is no call of ours, or was over before we were there. */
  #callOf(raw: string, event: string): HeardCall | undefined {
    if (!raw.includes(OUR_CHANNELS)) return undefined;
    for (const header of lookUp(ID_HEADERS, event) ?? ['ActionID']) {
      const id = headerOf(raw, header);
      if (!id.startsWith(OUR_CHANNELS)) continue;
      const channelId = event === '' ? (answersTo(id)?.channelId ?? '') : id;
      const known =
        this.#calls.get(channelId) ?? (isBeginning(raw, event) ? this.#begin(channelId) : undefined);
      if (known !== undefined) return known;
    }
    return undefined;
  }

  #begin(channelId: string): HeardCall {
    const call = newCall(kept(channelId));
    this.#calls.set(call.channelId, call);
    const oldest = this.#calls.keys().next().value;
    if (this.#calls.size > CALLS_MAX && oldest !== undefined) this.#calls.delete(oldest);
    return call;
  }
}

const NO_QUESTIONS: readonly DeviceQuestion[] = [];

/** Where an event names our channel id. The first channel is known by its own, also after a merger with another call. */
const ID_HEADERS: Readonly<Record<string, readonly string[]>> = {
  DialBegin: ['DestLinkedid'],
  DialState: ['DestLinkedid'],
  DialEnd: ['DestLinkedid'],
  OriginateResponse: ['ActionID'],
  BridgeEnter: ['Uniqueid', 'Linkedid'],
  AttendedTransfer: ['OrigTransfererLinkedid', 'SecondTransfererLinkedid'],
  HangupRequest: ['Uniqueid', 'Linkedid'],
  Hangup: ['Uniqueid', 'Linkedid'],
};

/** The events that are read: as many as needed, since each costs the PBX and us. The guide's `eventfilter` lines name the same. */
export const EVENTS_READ: ReadonlySet<string> = new Set(Object.keys(ID_HEADERS));

/** What may be the first that is heard of a call, also because we were not there when it began. */
function isBeginning(raw: string, event: string): boolean {
  if (event === 'DialBegin') return headerOf(raw, 'DestUniqueid') === headerOf(raw, 'DestLinkedid');
  if (event === 'OriginateResponse') return headerOf(raw, 'Response') === 'Failure';
  const isFirst = headerOf(raw, 'Uniqueid') === headerOf(raw, 'Linkedid');
  return isFirst && (event === 'HangupRequest' || event === 'Hangup');
}

const READINGS: Readonly<Record<string, Reading>> = {
  DialBegin(raw, call, teller) {
    const [id, name] = [headerOf(raw, 'DestUniqueid'), headerOf(raw, 'DestChannel')];
    const callerId = headerOf(raw, 'Uniqueid');
    const isFirst = id === call.channelId;
    const side = isFirst ? call.first : sideDialledBy(call, callerId, headerOf(raw, 'Channel'));
    if (side === undefined) return;
    const isTop = isFirst || callerId === call.channelId;
    if (isTop) side.word = '';
    addChannel(side, id, name, isTop);
    teller.leg(side, 'asked');
    takeEarly(call, side, id);
  },

  DialState(raw, call, teller) {
    const side = sideOfDial(raw, call);
    if (side === undefined || side.hasRung || headerOf(raw, 'DialStatus') !== 'RINGING') return;
    side.hasRung = true;
    teller.leg(side, 'ringing');
  },

  DialEnd(raw, call, teller) {
    const side = sideOfDial(raw, call);
    if (side === undefined) return;
    const word = headerOf(raw, 'DialStatus');
    if (word === 'ANSWER') return teller.answered(side);
    side.word = word;
    if (side === call.first) call.forwardedTo = headerOf(raw, 'Forward');
    teller.hold(side);
  },

  /** The verdict on the first leg. It may come after that leg's last `Hangup`, so a leg without an answer waits for it. */
  OriginateResponse(raw, call, teller) {
    const { first } = call;
    const isAnswer = headerOf(raw, 'Response') === 'Success';
    call.verdict = isAnswer ? 'answered' : 'failed';
    call.reason = headerOf(raw, 'Reason');
    if (!isAnswer && first.channels.length === 0) return teller.neverBegan(headerOf(raw, 'Channel'));
    if (isAnswer) teller.answered(first);
    else teller.hold(first);
    teller.settle(first);
  },

  /** Both hear each other when the first channel and what it dialled are in one bridge: neither is in any other. */
  BridgeEnter(raw, call, teller) {
    const isTop = findChannel(call, headerOf(raw, 'Uniqueid'))?.channel.isTop ?? false;
    const isJoined = isTop && call.second.hasAnswered && Number(headerOf(raw, 'BridgeNumChannels')) > 1;
    if (call.hasConnected || !isJoined) return;
    call.hasConnected = true;
    teller.tell({ type: 'connected' });
  },

  /** A phone that hangs up after it has called somebody for the other side does not end the call, it hands it over. */
  AttendedTransfer(_raw, { first, second }) {
    for (const side of [first, second]) side.leaving = undefined;
  },

  /**
   * A channel asks for its own end. Of a phone that talks it is the person who hangs up: whoever is let go has no such
   * event, whether we, the other side or the PBX did it. Of one that does not talk yet it is a refusal.
   */
  HangupRequest(raw, call, teller) {
    const { side, channel } = findOrAdd(call, raw) ?? {};
    if (!isPhone({ name: headerOf(raw, 'Channel') })) return;
    const isUp = headerOf(raw, 'ChannelState') === UP;
    const refusal = { q850: numberIn(raw, 'Cause'), sip: numberIn(raw, 'TechCause') };
    if (side === undefined || channel === undefined) {
      if (!isUp) keepEarly(call, { id: headerOf(raw, 'Uniqueid'), refusal, frame: teller.frame });
      return;
    }
    if (!isUp) {
      channel.refusal ??= refusal;
      return teller.hold(side);
    }
    if (!side.hasHungUp && !side.isOver) side.leaving = teller.frame;
  },

  Hangup(raw, call, teller) {
    const { side, channel } = findOrAdd(call, raw) ?? {};
    if (side === undefined || channel === undefined || channel.isGone) return;
    teller.left();
    channel.isGone = true;
    channel.q850 = numberIn(raw, 'Cause');
    channel.text = headerOf(raw, 'Cause-txt');
    const isFirst = channel.id === call.channelId;
    // Where we were not there when it was answered.
    if (isFirst && headerOf(raw, 'ChannelState') === UP) side.hasAnswered = true;
    teller.hold(side);
    teller.settle(side);
    if (isFirst && headerOf(raw, 'Linkedid') !== channel.id) teller.end(true);
  },
};

/** The answer to a question of ours about a phone. */
function readAnswer(raw: string, call: HeardCall, teller: Teller): void {
  const side = answersTo(headerOf(raw, 'ActionID'))?.side;
  if (side !== undefined) teller.phoneIs(call[side], headerOf(raw, 'Value'));
}

/** The side that is dialled as a whole: not the phones of a ring group behind it, nor whom somebody calls meanwhile. */
function sideOfDial(raw: string, call: HeardCall): HeardSide | undefined {
  if (headerOf(raw, 'DestUniqueid') === call.channelId) return call.first;
  return headerOf(raw, 'Uniqueid') === call.channelId ? call.second : undefined;
}

/** A channel of the call; its first also where we were not there when it was dialled. */
function findOrAdd(call: HeardCall, raw: string): ReturnType<typeof findChannel> {
  const id = headerOf(raw, 'Uniqueid');
  if (id === call.channelId && call.first.channels.length === 0)
    addChannel(call.first, id, headerOf(raw, 'Channel'), true);
  return findChannel(call, id);
}

function numberIn(raw: string, header: string): number {
  return Number(headerOf(raw, header)) || 0;
}
