import type { Side } from '../../../contract/call-words.ts';
import { isPhone, topOf, type HeardSide } from './heard-call.ts';

/** What the PBX is to be asked about a phone that never rang, before the end of its side is told whole. */
export interface DeviceQuestion {
  /** Known again by its answer, in any reader. */
  readonly actionId: string;
  /** `PJSIP/109` */
  readonly device: string;
}

/** `PJSIP/109`: not a number at a trunk, whose device has another name. */
const DEVICE = /^[A-Za-z0-9]+\/[A-Za-z0-9._+*#-]+$/;
/** `Local/109@internal/n` as it was ordered, `Local/109@internal-0000000a;1` as a channel. */
const LOCAL = /^Local\/([A-Za-z0-9._+*#-]+)@/;

export function questionOf(channelId: string, side: Side, device: string): DeviceQuestion {
  return { actionId: `${channelId}:${side}`, device };
}

/** Whose question this answers. */
export function answersTo(actionId: string): { readonly channelId: string; readonly side: Side } | undefined {
  const [, channelId = '', side] = /^(.+):(first|second)$/.exec(actionId) ?? [];
  return side === 'first' || side === 'second' ? { channelId, side } : undefined;
}

/**
 * The device behind a channel that came to nothing; undefined where there is none of a known name.
 * @param channel as it was ordered, or is named
 * @param tech of the phones behind a Local channel: `PJSIP`
 */
export function deviceOf(channel: string, tech: string): string | undefined {
  const [, number] = LOCAL.exec(channel) ?? [];
  if (number !== undefined) return `${tech}/${number}`;
  return DEVICE.test(channel) ? channel : undefined;
}

/** The device to ask about where a side that was dialled ended without any phone: nobody said why. */
export function deviceToAsk(side: HeardSide, tech: string): string | undefined {
  const top = topOf(side);
  const isGivenUp = side.word === 'CANCEL' || top?.q850 === 16;
  if (top === undefined || side.hasAnswered || isGivenUp || side.channels.some(isPhone)) return undefined;
  return deviceOf(top.name, tech);
}
