import type { Disposition, Fault, Side } from '../../../contract/call-words.ts';
import { meaningOf, type Cause } from '../cause.ts';
import type { Told } from '../diagnosis.ts';
import { decisiveLeg, type Leg } from '../life.ts';
import { pbxOf, type Situation } from './situation.ts';

/** The leg on which a call came to nothing, and how to speak of it. */
export interface Failed {
  readonly side: Side;
  readonly leg: Leg;
  readonly number: string;
  /** `The first phone, 101,`: begins a sentence. */
  readonly phone: string;
  /** Within a sentence: `the PBX main`. */
  readonly pbx: string;
  readonly cause: Cause;
  /** What the cause says of a call that was not answered. */
  readonly meaning: Disposition;
  /** It was told that the phone rang. */
  readonly rang: boolean;
}

/** What may go wrong with a leg, whichever it is. */
export interface LegSituation {
  readonly code: string;
  readonly when: string;
  /** `side`: that of the leg. */
  readonly fault: Fault | 'side';
  readonly fits: (failed: Failed) => boolean;
  readonly says: (failed: Failed) => string;
  readonly remedy: (failed: Failed) => string;
}

/** What else to call, as the end of a sentence. */
export function another({ side }: Failed): string {
  return side === 'first' ? 'or click with another dial_first' : 'or call another number';
}

/** Numbers and words of a cause as the PBX gave them: ` (SIP 503, Q.850 34: Circuit/channel congestion)`. */
export function causeWords({ cause: { sip, q850, text } }: Failed): string {
  const numbers = [
    ...(sip === undefined || sip === 0 ? [] : [`SIP ${sip}`]),
    ...(q850 === undefined || q850 === 0 ? [] : [`Q.850 ${q850}`]),
  ].join(', ');
  const words = [numbers, text.trim()].filter((part) => part !== '').join(': ');
  return words === '' ? '' : ` (${words})`;
}

/** @returns undefined where the call came to nothing in another way than by a leg that failed with a cause */
function failedOf(told: Told): Failed | undefined {
  const leg = decisiveLeg(told.life);
  const { side, cause } = leg;
  if (cause === undefined || leg.answeredAt !== undefined) return undefined;
  const number = side === 'first' ? told.first : told.second;
  return {
    side,
    leg,
    number,
    phone: `The ${side} phone, ${number},`,
    pbx: pbxOf(told),
    cause,
    meaning: meaningOf(cause),
    rang: leg.ringingAt !== undefined,
  };
}

/** The situation on that side: its code begins with `first_` or `second_`. */
export function onSide(side: Side, { code, when, fault, fits, says, remedy }: LegSituation): Situation {
  const inSentence = (say: (failed: Failed) => string) => (told: Told) => {
    const failed = failedOf(told);
    return failed === undefined ? '' : say(failed);
  };
  return {
    code: `${side}_${code}`,
    when,
    fault: fault === 'side' ? side : fault,
    fits: (told) => {
      const failed = failedOf(told);
      return failed?.side === side && fits(failed);
    },
    says: inSentence(says),
    remedy: inSentence(remedy),
  };
}
