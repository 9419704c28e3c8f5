import type { Disposition } from '../../../contract/call-words.ts';
import type { Cause, PhoneState } from '../../calls/cause.ts';
import { isPhone, topOf, type HeardCall, type HeardChannel, type HeardSide } from './heard-call.ts';
import { lookUp } from '../../kit/look-up.ts';

/** Causes that do not say why: none, a hang-up, a phone that names another, a group of which another phone answered. */
const SAYS_NOTHING: ReadonlySet<number> = new Set([0, 16, 23, 26]);

/** A phone that names another. Where the PBX follows, what it dials then comes after it. */
const FORWARDS = 23;

/** Asterisk's words for the end of a dialling (`DialStatus`). */
const BY_WORD: Readonly<Record<string, Disposition>> = {
  BUSY: 'busy',
  CONGESTION: 'congestion',
  CHANUNAVAIL: 'unavailable',
  NOANSWER: 'no_answer',
};

/** `Reason` of a failed originate: numbers of control frames (main/pbx.c, pbx_dial_reason). */
const BY_REASON: Readonly<Record<string, Disposition>> = { 3: 'no_answer', 5: 'busy', 8: 'congestion' };

/**
 * Why a side ended, from everything that was heard of it. What a phone itself said goes before what the dialplan made of
 * it: a Local channel ends with 0, and a phone that is let go carries the cause of another (recorded on 22.10).
 */
export function causeOf(call: HeardCall, side: HeardSide): Cause {
  const top = topOf(side);
  if (side.hasAnswered) return plain(top);
  const refusal = side.channels.every((channel) => !isPhone(channel) || channel.refusal !== undefined)
    ? lastRefusal(side)
    : undefined;
  if (refusal !== undefined) return refusal;
  // Let go when the first side was: the cause that it carries is that one's.
  if (side === call.second && side.word === 'CANCEL' && saysWhy(top)) return { text: side.word };
  if (saysWhy(top)) return plain(top);
  if (side === call.first && call.forwardedTo !== '') return verdictOf(call);
  const last = side.channels.at(-1);
  if (last?.refusal?.q850 === FORWARDS) return refusalOf(last, last.refusal);
  // Its refusal may come too late to be heard.
  if (last !== undefined && isPhone(last) && last.q850 === FORWARDS) return plain(last);
  // The dialplan ended without calling any phone: its NOANSWER says no more than that.
  if (side === call.second && side.word === 'NOANSWER' && !side.channels.some(isPhone)) return plain(top);
  // The word on a first leg is made from its cause, and is NOANSWER for a call that was given up.
  const meaning = side === call.first && side.word === 'NOANSWER' ? undefined : lookUp(BY_WORD, side.word);
  return meaning === undefined ? plain(top) : { ...plain(top), text: side.word, means: meaning };
}

/**
 * Why a first leg failed of which there never was a channel.
 * @param phone what the PBX says of its phone: one that is there is not why
 */
export function causeOfNothing(call: HeardCall, phone: PhoneState | undefined): Cause {
  const verdict = verdictOf(call);
  const isThere = phone === 'registered' || phone === 'in_use';
  return verdict.means !== undefined || isThere ? verdict : { ...verdict, means: 'unavailable' };
}

/** A cause with what the PBX says of the phone, in its word, where that is why. */
export function withPhone(cause: Cause, phone: PhoneState | undefined, word: string): Cause {
  if (phone === undefined) return cause;
  if (phone !== 'unregistered' && phone !== 'no_such_phone') return { ...cause, phone };
  return { ...cause, text: word, means: 'unavailable', phone };
}

/** Whether a channel's own end says why. */
export function saysWhy(channel: HeardChannel | undefined): channel is HeardChannel {
  return channel !== undefined && !SAYS_NOTHING.has(channel.q850);
}

export function plain(channel: HeardChannel | undefined): Cause {
  return { ...numbers(channel?.q850 ?? 0, 0), text: channel?.text ?? '' };
}

function lastRefusal({ channels }: HeardSide): Cause | undefined {
  const refused = channels.findLast(
    ({ refusal }) => refusal !== undefined && !SAYS_NOTHING.has(refusal.q850),
  );
  return refused?.refusal === undefined ? undefined : refusalOf(refused, refused.refusal);
}

function refusalOf(channel: HeardChannel, { q850, sip }: NonNullable<HeardChannel['refusal']>): Cause {
  return { ...numbers(q850, sip), text: channel.q850 === q850 ? channel.text : `Cause: ${q850}` };
}

function verdictOf({ reason }: HeardCall): Cause {
  const means = lookUp(BY_REASON, reason);
  return { text: `Response: Failure, Reason: ${reason}`, ...(means === undefined ? {} : { means }) };
}

function numbers(q850: number, sip: number): Pick<Cause, 'q850' | 'sip'> {
  return { ...(q850 === 0 ? {} : { q850 }), ...(sip === 0 ? {} : { sip }) };
}
