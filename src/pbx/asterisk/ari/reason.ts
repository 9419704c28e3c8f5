import type { Disposition } from '../../../../contract/call-words.ts';
import type { Cause } from '../../../calls/cause.ts';
import { causeOfText } from '../cause-texts.ts';
import { phoneStateOf } from '../device-state.ts';
import { farHalfOf, isFirst, secondOf } from './channel-ids.ts';
import { objectOf, textOf, type AriChannel } from './events.ts';
import { fieldOf, type RestAsk } from './rest.ts';
import { lookUp } from '../../../kit/look-up.ts';

/**
 * Why a second leg came to nothing that is dialled through the dialplan. What its Local channel says of it is no truth: on
 * 22.10.1 a phone that declines shows there as CONGESTION, without a cause. But Asterisk hands what each phone said on to
 * whoever waits for it, over the bridge to the first channel, and `HANGUPCAUSE` has it there. So the first channel is asked,
 * as long as it is ours: which phones were rung, and then what the last of them said. The question carries the call's id
 * through to its answer, so that the answer tells by itself of which call it is.
 */
export interface Reason {
  readonly firstId: string;
  /** Undefined: the answer does not tell. */
  readonly cause: Cause | undefined;
  /** The channels of the phones that were rung, in the order in which they were, by name. */
  readonly phones: readonly string[];
}

/** A number or name that may be pasted into a function; the names of channels come from the PBX. */
const NUMBER = /^Local\/([0-9A-Za-z._+*#-]{1,80})@/;
const CHANNEL_NAME = /^[A-Za-z0-9]+\/[A-Za-z0-9@_.:;+*#/-]{1,200}$/;
const WORD = /^[A-Z]{0,20}$/;

/** @param word what its Local channel said of the second leg; '' where it said nothing */
export function askWhatRang(firstId: string, second: AriChannel, word: string): RestAsk {
  const number = NUMBER.exec(second.name)?.[1];
  const state = number === undefined ? '' : `\${DEVICE_STATE(PJSIP/${number})}`;
  const status = `\${IMPORT(${farHalfOf(secondOf(firstId))},DIALSTATUS)}`;
  const said = WORD.test(word) ? word : '';
  return evaluate(firstId, ['rang', said, status, state, '${CHANNEL(name)}', '${HANGUPCAUSE_KEYS()}']);
}

/** @param phone one of `Reason.phones` */
export function askWhatItSaid(firstId: string, phone: string): RestAsk {
  return evaluate(firstId, ['said', `\${HANGUPCAUSE(${phone},ast)}`, `\${HANGUPCAUSE(${phone},tech)}`]);
}

/** @param raw an answer as it came, by HTTP or over a WebSocket. Undefined: it answers no question of these. */
export function readReason(raw: string): Reason | undefined {
  const [firstId = '', question, ...rest] = valueOf(raw).split('|');
  if (!isFirst(firstId)) return undefined;
  if (question === 'rang') {
    const [word = '', status = '', state = '', own, keys = ''] = rest;
    const phones = keys.split(',').filter((name) => CHANNEL_NAME.test(name) && name !== own);
    const cause = phones.length > 0 ? undefined : ofDialplan(status === '' ? word : status, state);
    return { firstId, cause, phones: phones.toSorted((a, b) => placeOf(a) - placeOf(b)) };
  }
  if (question !== 'said') return undefined;
  const [text = '', ...tech] = rest;
  return { firstId, cause: ofPhone(text, tech.join('|')), phones: [] };
}

function evaluate(firstId: string, parts: readonly string[]): RestAsk {
  const variable = `EVAL(${[firstId, ...parts].join('|')})`;
  return { method: 'GET', path: ['channels', firstId, 'variable'], query: { variable } };
}

function valueOf(raw: string): string {
  const isFrame = raw.startsWith('{');
  const body = isFrame
    ? textOf(fieldOf({ body: raw }, 'message_body'))
    : raw.slice(raw.indexOf('\r\n\r\n') + 4);
  return textOf(objectOf({ value: fieldOf({ body }, 'value') })['value']);
}

/** No phone was rung: what the dialplan made of that. */
function ofDialplan(status: string, state: string): Cause | undefined {
  const means = lookUp(MEANINGS, status);
  if (means === undefined) return undefined;
  const isUnregistered = means === 'unavailable' && phoneStateOf(state, true) === 'unregistered';
  return { text: status, means, ...(isUnregistered ? { phone: 'unregistered' } : {}) };
}

const MEANINGS: Readonly<Record<string, Disposition>> = {
  BUSY: 'busy',
  CONGESTION: 'congestion',
  CHANUNAVAIL: 'unavailable',
  NOANSWER: 'no_answer',
};

/**
 * @param text Asterisk's words for the cause: `User busy`
 * @param tech what came over the wire: `SIP 486 Busy Here`. Where it is no refusal, the phone was let go.
 */
function ofPhone(text: string, tech: string): Cause | undefined {
  const status = Number(/^SIP (\d{3})\b/.exec(tech)?.[1] ?? 0);
  const q850 = causeOfText(text);
  const isRefusal = status >= 300 || (status === 0 && q850 !== undefined && q850 !== 16);
  if (isRefusal)
    return { ...(q850 && { q850 }), ...(status > 0 && { sip: status }), text: text === '' ? tech : text };
  return tech === '' ? undefined : { text: tech, means: 'no_answer' };
}

/** Asterisk numbers the channels of a technology as they are made, in hexadecimal at the end of their names. */
function placeOf(name: string): number {
  return Number.parseInt(/-([0-9a-f]+)(?:;\d)?$/.exec(name)?.[1] ?? '0', 16);
}
