import type { Disposition, Fault } from '../../../contract/call-words.ts';
import { meaningOf, type Cause } from '../cause.ts';
import { decisiveLeg, type Told } from '../diagnosis.ts';
import type { Situation } from './situation.ts';

/** What each cause on the decisive leg means, whichever leg it is. */
interface LegSituation {
  readonly code: string;
  /** `side`: that of the leg. */
  readonly fault: Fault | 'side';
  readonly fits: (cause: Cause, meaning: Disposition) => boolean;
  readonly says: (number: string, cause: Cause) => string;
  readonly remedy: (number: string, told: Told) => string;
}

const another = (told: Told) =>
  decisiveLeg(told.life).side === 'first' ? 'or click with another dial_first' : 'or call another number';

const LEG_SITUATIONS: readonly LegSituation[] = [
  {
    code: 'not_registered',
    fault: 'side',
    fits: ({ phone }) => phone === 'unregistered',
    says: (number) => `never rang: no phone is registered for ${number}.`,
    remedy: (number, told) => `Register the phone of ${number}, ${another(told)}.`,
  },
  {
    code: 'no_such_phone',
    fault: 'caller',
    fits: ({ phone }) => phone === 'no_such_phone',
    says: (number) => `never rang: the PBX knows no phone ${number}.`,
    remedy: (number, told) => `Check the number ${number}, ${another(told)}.`,
  },
  {
    code: 'trunk_login_refused',
    fault: 'pbx',
    fits: ({ sip }) => sip === 401 || sip === 407,
    says: (number) => `could not be called: the trunk to ${number} did not accept the PBX's login.`,
    remedy: () => "Check the PBX's registration and password with its provider.",
  },
  {
    code: 'caller_id_refused',
    fault: 'settings',
    fits: ({ sip }) => sip === 403,
    says: (number) =>
      `could not be called: the trunk to ${number} forbids it, most often because of the caller ID (SIP 403).`,
    remedy: () =>
      'Give the extension to dial as a caller ID that the provider allows, or dial as another extension.',
  },
  {
    code: 'not_permitted',
    fault: 'settings',
    fits: ({ q850 }) => q850 === 52 || q850 === 54,
    says: (number) => `could not be called: calls to ${number} are barred.`,
    remedy: () => 'Dial as an extension that may call this number, or have the bar lifted.',
  },
  {
    code: 'number_incomplete',
    fault: 'caller',
    fits: ({ q850, sip }) => q850 === 28 || sip === 484,
    says: (number) => `could not be called: ${number} is not a whole number there.`,
    remedy: () => 'Give the number as the PBX dials it, with its outside prefix and country code.',
  },
  {
    code: 'codec',
    fault: 'settings',
    fits: ({ q850, sip }) => sip === 488 || sip === 606 || q850 === 58 || q850 === 65,
    says: (number) => `could not be called: ${number} and the PBX have no codec in common.`,
    remedy: () => 'Allow a codec on the PBX that the phone or trunk speaks.',
  },
  {
    code: 'number_unknown',
    fault: 'caller',
    fits: ({ q850, sip }) => sip === 404 || sip === 410 || q850 === 1 || q850 === 22,
    says: (number) => `could not be called: nobody has the number ${number}.`,
    remedy: (number) => `Check the number ${number}.`,
  },
  {
    code: 'no_route',
    fault: 'settings',
    fits: ({ q850 }) => q850 === 2 || q850 === 3,
    says: (number) => `could not be called: the PBX has no way to ${number}.`,
    remedy: () => "Check the PBX's routes and trunks for this number.",
  },
  {
    code: 'technology_missing',
    fault: 'settings',
    fits: ({ q850 }) => q850 === 66,
    says: (number) => `could not be called: the PBX has no such kind of channel for ${number}.`,
    remedy: () => 'Check the channel forms in the settings of this PBX.',
  },
  {
    code: 'out_of_order',
    fault: 'network',
    fits: ({ q850 }) => q850 === 27 || q850 === 38 || q850 === 41 || q850 === 44,
    says: (number) => `could not be called: the way to ${number} is out of order.`,
    remedy: () => 'Try again later; if it stays, look at the trunk or the phone.',
  },
  {
    code: 'answered_elsewhere',
    fault: 'nobody',
    fits: ({ q850 }) => q850 === 26,
    says: (number) => `stopped ringing: the call to ${number} was answered elsewhere.`,
    remedy: () => '',
  },
  {
    code: 'busy',
    fault: 'side',
    fits: (_cause, meaning) => meaning === 'busy',
    says: (number) => `was busy: ${number}.`,
    remedy: () => 'Try again later.',
  },
  {
    code: 'declined',
    fault: 'side',
    fits: (_cause, meaning) => meaning === 'declined',
    says: (number) => `rang and declined the call: ${number}.`,
    remedy: () =>
      'Nothing is wrong with the PBX; somebody did not want the call, or the phone is set to do not disturb.',
  },
  {
    code: 'no_answer',
    fault: 'side',
    fits: (_cause, meaning) => meaning === 'no_answer',
    says: (number) => `rang and was not answered in time: ${number}.`,
    remedy: () => 'Try again later, or give a longer timeout.',
  },
  {
    code: 'congestion',
    fault: 'network',
    fits: (_cause, meaning) => meaning === 'congestion',
    says: (number) => `could not be called: all lines to ${number} are busy.`,
    remedy: () => 'Try again in a moment; if it stays, the PBX or its provider needs more lines.',
  },
  {
    code: 'unavailable',
    fault: 'side',
    fits: (_cause, meaning) => meaning === 'unavailable',
    says: (number) => `never rang: ${number} can not be reached.`,
    remedy: (number, told) =>
      `Check that the phone of ${number} is switched on and registered, ${another(told)}.`,
  },
  {
    code: 'call_failed',
    fault: 'unknown',
    fits: (_cause, meaning) => meaning === 'failed',
    says: (number, { text }) => `could not be called: ${number}${text === '' ? '' : ` (${text})`}.`,
    remedy: () => "Look into the PBX's own log at this time.",
  },
];

export const legSituations = (['first', 'second'] as const).flatMap((side) =>
  LEG_SITUATIONS.map(({ code, fault, fits, says, remedy }): Situation => ({
    code: `${side}_${code}`,
    fault: fault === 'side' ? side : fault,
    fits: ({ life }) => {
      const { side: its, cause, answeredAt } = decisiveLeg(life);
      return its === side && cause !== undefined && answeredAt === undefined && fits(cause, meaningOf(cause));
    },
    says: (told) => {
      const { cause = { text: '' } } = decisiveLeg(told.life);
      return `The ${side} phone ${says(side === 'first' ? told.first : told.second, cause)}`;
    },
    remedy: (told) => remedy(side === 'first' ? told.first : told.second, told),
  })),
);
