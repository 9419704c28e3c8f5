import { another, causeWords, type LegSituation } from './leg-situation.ts';
import { seconds } from './situation.ts';

/** The phone was not there. What the PBX says of the phone goes before what its cause says. */
export const absentPhones: readonly LegSituation[] = [
  {
    code: 'not_registered',
    when: 'The PBX knows the phone, and it is not registered.',
    fault: 'side',
    fits: ({ cause }) => cause.phone === 'unregistered',
    says: ({ phone, pbx }) => `${phone} never rang: it is not registered with ${pbx}.`,
    remedy: (failed) => `Register the phone of ${failed.number}, ${another(failed)}.`,
  },
  {
    code: 'no_such_phone',
    when: 'The PBX knows no such phone.',
    fault: 'caller',
    fits: ({ cause }) => cause.phone === 'no_such_phone',
    says: ({ phone, pbx }) => `${phone} never rang: ${pbx} knows no such phone.`,
    remedy: (failed) =>
      `Check the number ${failed.number} and, in the settings of the PBX, how it is rung, ${another(failed)}.`,
  },
];

/** It was there, and the call was not taken. */
export const phonesNotAnswered: readonly LegSituation[] = [
  {
    code: 'busy',
    when: 'It was busy.',
    fault: 'side',
    fits: ({ meaning }) => meaning === 'busy',
    says: ({ phone }) => `${phone} was busy.`,
    remedy: () => 'Try again later.',
  },
  {
    code: 'declined_or_refused',
    when: 'The PBX gives one cause, Q.850 21, for a phone that declines and for a trunk that refuses.',
    fault: 'unknown',
    fits: ({ meaning, cause }) =>
      meaning === 'declined' && cause.q850 === 21 && !cause.sip && cause.means === undefined,
    says: ({ phone, pbx }) =>
      `${phone} declined the call, or its trunk refused it: ${pbx} does not tell them apart.`,
    remedy: () =>
      'Where it is a person, nothing is wrong; where it is a number outside, check the caller ID and the login of the trunk.',
  },
  {
    code: 'declined',
    when: 'The call was declined at the phone.',
    fault: 'side',
    fits: ({ meaning }) => meaning === 'declined',
    says: ({ phone, rang }) => `${phone} ${rang ? 'rang and ' : ''}declined the call.`,
    remedy: () => 'Nothing is wrong: somebody did not want the call, or the phone is set to do not disturb.',
  },
  {
    code: 'not_available',
    when: 'The phone answered with SIP 480 without ringing, as with do not disturb.',
    fault: 'side',
    fits: ({ cause, rang }) => cause.sip === 480 && !rang,
    says: ({ phone }) => `${phone} did not ring: it says that it is not available now (SIP 480).`,
    remedy: (failed) => `Switch do not disturb off at ${failed.number}, ${another(failed)}.`,
  },
  {
    code: 'no_response',
    when: 'No sign of ringing came from the phone or the network before the time was up.',
    fault: 'side',
    fits: ({ meaning, rang }) => meaning === 'no_answer' && !rang,
    says: ({ phone }) => `${phone} gave no sign of ringing before the time was up.`,
    remedy: ({ number }) =>
      `Check that the phone of ${number} is switched on and that the PBX reaches it: a registration outlives a phone that is gone, or that a router has forgotten.`,
  },
  {
    code: 'no_answer',
    when: 'It rang until the time was up.',
    fault: 'side',
    fits: ({ meaning }) => meaning === 'no_answer',
    says: ({ phone, leg }) =>
      `${phone} rang for ${seconds(leg.ringingAt ?? 0, leg.endedAt ?? 0)}, and nobody answered.`,
    remedy: ({ side }) =>
      side === 'first'
        ? 'Pick it up when it rings, give a longer timeout, or let the phone answer by itself: auto_answer in the settings of the PBX.'
        : 'Try again later, or give a longer timeout.',
  },
  {
    code: 'answered_elsewhere',
    when: 'The call was picked up at another phone.',
    fault: 'nobody',
    fits: ({ cause }) => cause.q850 === 26,
    says: ({ phone }) => `${phone} stopped ringing, as the call was picked up at another phone.`,
    remedy: () => '',
  },
  {
    code: 'torn_down',
    when: 'The ringing was ended by the PBX or the network (SIP 487), not by us and not by its time.',
    fault: 'pbx',
    fits: ({ cause }) => cause.sip === 487,
    says: ({ phone, rang }) =>
      `${phone} ${rang ? 'rang, and the call' : 'was called, and that'} was torn down from outside (SIP 487).`,
    remedy: () => 'Look into the PBX for what ended it: a call pickup, a ring group, an administrator.',
  },
  {
    code: 'unavailable',
    when: 'The phone could not be reached, and the PBX says no more.',
    fault: 'side',
    fits: ({ meaning }) => meaning === 'unavailable',
    says: (failed) => `${failed.phone} never rang: ${failed.pbx} could not reach it${causeWords(failed)}.`,
    remedy: (failed) =>
      `Check that the phone of ${failed.number} is switched on and registered, ${another(failed)}.`,
  },
];
