import type { Side } from '../../../contract/call-words.ts';
import type { Frame } from '../contract.ts';
import { kept } from './header.ts';

/** One channel of a call, from the moment it is dialled. */
export interface HeardChannel {
  readonly id: string;
  /** `PJSIP/101-00000000`, `Local/102@internal-00000000;1` */
  readonly name: string;
  /** The first channel itself, and what it dials; the others stand behind these. */
  readonly isTop: boolean;
  isGone: boolean;
  /** What it said when it hung up before it was up: a phone that refuses, or a trunk. 0: not said. */
  refusal: { readonly q850: number; readonly sip: number } | undefined;
  /** What it ended with. */
  q850: number;
  text: string;
}

/** What a phone said before its `DialBegin` was told: a refusal at once may overtake it on a busy PBX. */
export interface EarlyRefusal {
  readonly id: string;
  readonly refusal: NonNullable<HeardChannel['refusal']>;
  readonly frame: Frame;
}

/** What was heard of one side of a call. */
export interface HeardSide {
  readonly side: Side;
  readonly channels: HeardChannel[];
  hasRung: boolean;
  hasAnswered: boolean;
  hasHungUp: boolean;
  isOver: boolean;
  /** Its phone hung up, and whether that ends the call or hands it over is not known yet. */
  leaving: Frame | undefined;
  /** How its dialling ended, in the PBX's word: `BUSY`, `NOANSWER`, `CANCEL`. */
  word: string;
  /** What will be told with the end of the side, and can not be told before. */
  held: Frame[];
  /** The device that the PBX was asked about, while it has not answered. */
  asked: string | undefined;
}

/** What was heard of one call: enough to tell its sides and its end. */
export interface HeardCall {
  readonly channelId: string;
  readonly first: HeardSide;
  readonly second: HeardSide;
  hasConnected: boolean;
  /** The PBX's verdict on the first leg, and its reason for a failure. */
  verdict: 'none' | 'answered' | 'failed';
  reason: string;
  /** Whom the first phone named in its place. */
  forwardedTo: string;
  readonly early: EarlyRefusal[];
}

/** A ring group may be large; what is beyond this is not waited for. */
const CHANNELS_MAX = 60;

export function newCall(channelId: string): HeardCall {
  return {
    channelId,
    first: newSide('first'),
    second: newSide('second'),
    hasConnected: false,
    verdict: 'none',
    reason: '',
    forwardedTo: '',
    early: [],
  };
}

function newSide(side: Side): HeardSide {
  return {
    side,
    channels: [],
    hasRung: false,
    hasAnswered: false,
    hasHungUp: false,
    isOver: false,
    leaving: undefined,
    word: '',
    held: [],
    asked: undefined,
  };
}

export function addChannel(side: HeardSide, id: string, name: string, isTop: boolean): void {
  if (side.channels.length >= CHANNELS_MAX || side.channels.some((channel) => channel.id === id)) return;
  const own = { id: kept(id), name: kept(name) };
  side.channels.push({ ...own, isTop, isGone: false, refusal: undefined, q850: 0, text: '' });
}

/** Keeps what a channel said that was not seen to be dialled yet. */
export function keepEarly({ early }: HeardCall, { id, ...said }: EarlyRefusal): void {
  if (early.length < CHANNELS_MAX && !early.some((each) => each.id === id))
    early.push({ id: kept(id), ...said });
}

/** Gives a channel that is dialled now what it has said already. */
export function takeEarly({ early }: HeardCall, side: HeardSide, id: string): void {
  const index = early.findIndex((each) => each.id === id);
  const [said] = index < 0 ? [] : early.splice(index, 1);
  const channel = side.channels.find((each) => each.id === id);
  if (said === undefined || channel === undefined) return;
  channel.refusal ??= said.refusal;
  side.held.push(said.frame);
}

/** The side that a channel belongs to, and the channel; undefined where it was not seen to be dialled. */
export function findChannel(
  { first, second }: HeardCall,
  id: string,
): { readonly side: HeardSide; readonly channel: HeardChannel } | undefined {
  for (const side of [first, second]) {
    const channel = side.channels.find((each) => each.id === id);
    if (channel !== undefined) return { side, channel };
  }
  return undefined;
}

/**
 * The side that a channel dials for. The first channel dials the second side; what the second side's own end of a bridge
 * dials, once the first has transferred it, takes the first's place. All others dial for their own side: the far halves
 * (`;2`) of Local channels, which are known by their names.
 */
export function sideDialledBy(call: HeardCall, callerId: string, callerName: string): HeardSide | undefined {
  const { channelId, first, second } = call;
  if (callerId === channelId) return second;
  if (callerId === `${channelId};2`) return first;
  const known = findChannel(call, callerId);
  if (known !== undefined) return known.side === second && known.channel.isTop ? first : undefined;
  if (!callerName.endsWith(';2')) return undefined;
  const near = `${callerName.slice(0, -1)}1`;
  return [first, second].find(({ channels }) => channels.some(({ name }) => name === near));
}

/** The channel that stands for a side: of several, as when a phone names another, the last. */
export function topOf({ channels }: HeardSide): HeardChannel | undefined {
  return channels.findLast(({ isTop }) => isTop);
}

export function hasLive({ channels }: HeardSide): boolean {
  return channels.some(({ isGone }) => !isGone);
}

/** The ids of the channels that have not ended, the first channel's own left out. */
export function liveBehind({ channelId, first, second }: HeardCall): string[] {
  return [...first.channels, ...second.channels]
    .filter(({ id, isGone }) => !isGone && id !== channelId)
    .map(({ id }) => id);
}

export function isPhone({ name }: Pick<HeardChannel, 'name'>): boolean {
  return !name.startsWith('Local/');
}
