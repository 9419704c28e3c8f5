import { another, causeWords, type LegSituation } from './leg-situation.ts';
import { SEE_PBX_LOG } from './situation.ts';

const oneOf =
  (...numbers: readonly number[]) =>
  (number: number | undefined) =>
    numbers.includes(number ?? 0);
const isBarred = oneOf(50, 52, 53, 54, 55, 57);
const isSpam = oneOf(607, 608);
const isUnknownNumber = oneOf(404, 485, 604);
const isNoCodec = oneOf(415, 488, 606);
const isNoBearer = oneOf(58, 65, 79, 88);
const isLoop = oneOf(482, 483);
const isNoRoute = oneOf(2, 3);
const isOutOfOrder = oneOf(27, 38, 41, 44);

/** The way to the phone: rights, trunks, numbers. Numbers of SIP: RFC 3261 §21 and the IANA registry; Q.850 §2.2.7. */
export const routes: readonly LegSituation[] = [
  {
    code: 'trunk_login_refused',
    when: "The trunk did not accept the PBX's login (SIP 401, 407).",
    fault: 'pbx',
    fits: ({ cause }) => cause.sip === 401 || cause.sip === 407,
    says: ({ phone, pbx, cause }) =>
      `${phone} was not called: its trunk did not accept the login of ${pbx} (SIP ${cause.sip}).`,
    remedy: () => "Check user, password and registration of the PBX's trunk with its provider.",
  },
  {
    code: 'no_credit',
    when: 'The provider wants to be paid (SIP 402).',
    fault: 'pbx',
    fits: ({ cause }) => cause.sip === 402,
    says: ({ phone }) => `${phone} was not called: the provider wants to be paid first (SIP 402).`,
    remedy: () => "Top up the PBX's account with its provider.",
  },
  {
    code: 'caller_id_refused',
    when: 'The trunk forbids the call (SIP 403), most often for a caller ID that is not its own.',
    fault: 'settings',
    fits: ({ cause }) => cause.sip === 403,
    says: ({ phone }) =>
      `${phone} was not called: its trunk forbids the call (SIP 403), most often because the caller ID is none of its own.`,
    remedy: () =>
      'Give the extension to dial as a caller ID that the provider knows, dial as another one, or ask the provider whether this destination is barred.',
  },
  {
    code: 'caller_id_hidden',
    when: 'The other side takes no calls without a caller ID (SIP 433).',
    fault: 'settings',
    fits: ({ cause }) => cause.sip === 433,
    says: ({ phone }) => `${phone} takes no calls without a caller ID (SIP 433).`,
    remedy: () => 'Give the extension to dial as a caller ID, or dial as another one.',
  },
  {
    code: 'caller_id_unwanted',
    when: 'The other side or its provider rejects this caller ID as unwanted (SIP 607, 608).',
    fault: 'settings',
    fits: ({ cause }) => isSpam(cause.sip),
    says: ({ phone, cause }) =>
      `${phone} or its provider rejects calls from this caller ID as unwanted (SIP ${cause.sip}).`,
    remedy: () =>
      'Have the caller ID taken off the list of unwanted callers, or dial as an extension with another one.',
  },
  {
    code: 'not_permitted',
    when: 'The PBX or the network bars such calls (Q.850 50, 52 to 55, 57).',
    fault: 'settings',
    fits: ({ cause }) => isBarred(cause.q850),
    says: (failed) => `${failed.phone} was not called: such calls are barred${causeWords(failed)}.`,
    remedy: ({ number }) => `Dial as an extension that may call ${number}, or have the bar lifted.`,
  },
  {
    code: 'number_incomplete',
    when: 'The number is too short or has another form than the PBX or its provider takes (SIP 484, Q.850 28).',
    fault: 'caller',
    fits: ({ cause }) => cause.sip === 484 || cause.q850 === 28,
    says: (failed) => `${failed.phone} was not called: that is no whole number there${causeWords(failed)}.`,
    remedy: () =>
      'Give the number as a phone of this PBX dials it, with the prefix for outside and the country code.',
  },
  {
    code: 'number_changed',
    when: 'The number has been given up or changed (SIP 410, Q.850 22).',
    fault: 'caller',
    fits: ({ cause }) => cause.sip === 410 || cause.q850 === 22,
    says: (failed) =>
      `${failed.phone} was not called: its number is not in use any more${causeWords(failed)}.`,
    remedy: ({ number }) => `Find out the new number of whoever had ${number}.`,
  },
  {
    code: 'number_unknown',
    when: 'Nobody has the number (SIP 404, 485, 604, Q.850 1).',
    fault: 'caller',
    fits: ({ cause }) => isUnknownNumber(cause.sip) || cause.q850 === 1,
    says: (failed) => `${failed.phone} was not called: nobody has this number${causeWords(failed)}.`,
    remedy: (failed) => `Check the number ${failed.number}, ${another(failed)}.`,
  },
  {
    code: 'technology_missing',
    when: 'The PBX has no such kind of channel (Q.850 66).',
    fault: 'settings',
    fits: ({ cause }) => cause.q850 === 66,
    says: (failed) =>
      `${failed.phone} was not called: ${failed.pbx} has no such kind of channel${causeWords(failed)}.`,
    remedy: () => 'Check first_channel, outside_channel and second_channel in the settings of the PBX.',
  },
  {
    code: 'codec',
    when: 'The phone and the PBX have no codec in common (SIP 415, 488, 606, Q.850 58, 65, 79, 88).',
    fault: 'settings',
    fits: ({ cause }) => isNoCodec(cause.sip) || isNoBearer(cause.q850),
    says: (failed) =>
      `${failed.phone} was not called: it and ${failed.pbx} have no codec in common${causeWords(failed)}.`,
    remedy: () => 'Allow a codec on the PBX that the phone or the trunk speaks.',
  },
  {
    code: 'loop',
    when: 'The call went in a circle (SIP 482, 483, Q.850 25).',
    fault: 'settings',
    fits: ({ cause }) => isLoop(cause.sip) || cause.q850 === 25,
    says: (failed) => `${failed.phone} was not reached: the call went in a circle${causeWords(failed)}.`,
    remedy: ({ number }) =>
      `Look for forwards and routes on the PBX that lead from ${number} back to itself.`,
  },
  {
    code: 'forward_not_followed',
    when: 'The phone forwards to a number that the PBX did not call (Q.850 23).',
    fault: 'side',
    fits: ({ cause }) => cause.q850 === 23,
    says: (failed) =>
      `${failed.phone} forwards its calls, and ${failed.pbx} did not follow${causeWords(failed)}.`,
    remedy: ({ number }) =>
      `Take the forward off the phone of ${number}, or call the number that it forwards to.`,
  },
  {
    code: 'congestion',
    when: 'All lines on the way are taken (SIP 503, Q.850 34, 42).',
    fault: 'network',
    fits: ({ cause, meaning }) =>
      cause.sip === 503 || (meaning === 'congestion' && !isOutOfOrder(cause.q850)),
    says: (failed) =>
      `${failed.phone} was not reached: the lines on the way to it are all taken${causeWords(failed)}.`,
    remedy: () => 'Try again in a moment; if it stays, the PBX or its provider needs more lines.',
  },
  {
    code: 'out_of_order',
    when: 'The network or the phone is out of order (Q.850 27, 38, 41, 44).',
    fault: 'network',
    fits: ({ cause }) => isOutOfOrder(cause.q850),
    says: (failed) => `${failed.phone} was not reached: the way to it is out of order${causeWords(failed)}.`,
    remedy: () => 'Try again later; if it stays, look at the trunk or the phone.',
  },
  {
    code: 'no_route',
    when: 'The PBX found no way to the number (Q.850 2, 3). Asterisk says so of its own phones that are not registered, too.',
    fault: 'settings',
    fits: ({ cause }) => isNoRoute(cause.q850),
    says: (failed) => `${failed.phone} never rang: ${failed.pbx} found no way to it${causeWords(failed)}.`,
    remedy: () =>
      'Check the number; then register it where it is a phone of the PBX, or check routes and trunks of the PBX where it is outside.',
  },
];

/** The PBX gave a cause, and none of the others knows it. 16 and 0 say nothing of a call that was not answered. */
export const otherCauses: readonly LegSituation[] = [
  {
    code: 'failed',
    when: 'The leg ended for another cause.',
    fault: 'unknown',
    fits: ({ cause: { q850, sip }, meaning }) =>
      meaning === 'failed' ||
      (q850 !== undefined && q850 !== 0 && q850 !== 16) ||
      (sip !== undefined && sip >= 400),
    says: (failed) => `${failed.phone} could not be called${causeWords(failed)}.`,
    remedy: () => SEE_PBX_LOG,
  },
];
