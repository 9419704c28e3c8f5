import type { Fault } from '../../../contract/call-words.ts';
import { REQUEST_ERRORS, type ErrorCode } from '../../../contract/error-codes.ts';
import type { Told } from '../diagnosis.ts';
import { isInDoubt } from '../life.ts';
import { capital, inWords, pbxOf, sentence, SEE_PBX_LOG, type Situation } from './situation.ts';

/** There is no call: we said no, the PBX did, or it could not be asked. */
interface OrderSituation {
  readonly code: string;
  readonly when: string;
  readonly fault: Fault;
  /** Undefined: any. */
  readonly errors?: readonly ErrorCode[];
  /** Which words of whoever refused it. */
  readonly words?: RegExp;
  /** Up to the words of whoever refused it, which follow. */
  readonly says: (told: Told) => string;
  /** Where whoever refused it gave none. */
  readonly remedy: string;
}

const EXAMINE = 'Examine the PBX, which tells what is wrong with it: click2call pbx examine.';

const ORDER_SITUATIONS: readonly OrderSituation[] = [
  {
    code: 'request_invalid',
    when: 'The request has a parameter that is missing, unknown or can not be used.',
    fault: 'caller',
    errors: REQUEST_ERRORS,
    says: () => 'The request could not be used',
    remedy: 'Correct what it names, and click again.',
  },
  {
    code: 'prefetch_refused',
    when: 'A link preview or a prefetch opened the URL, which must ring nobody.',
    fault: 'nobody',
    errors: ['prefetch_refused'],
    says: () => 'A program looked at the link, and nobody was rung',
    remedy: 'Open the link itself to make the call.',
  },
  {
    code: 'pbx_unknown',
    when: 'The account has no PBX of the name or kind that was asked for.',
    fault: 'caller',
    errors: ['pbx_unknown'],
    says: () => 'No PBX could be chosen',
    remedy: "Name one of the account's PBXs in the parameter pbx, or add it: click2call pbx add.",
  },
  {
    code: 'too_many_calls',
    when: 'The key, the account or the number has as many calls as it may, within a minute or at once.',
    fault: 'settings',
    errors: ['too_many_calls'],
    says: () => 'There were too many calls, and nobody was rung',
    remedy: 'Try again in a minute, or raise the limit that it names.',
  },
  {
    code: 'key_frozen',
    when: 'The calls of the key looked like those of a thief, so that it froze itself.',
    fault: 'settings',
    errors: ['key_frozen'],
    says: () => 'The key is frozen, and nobody was rung',
    remedy: 'If these calls were yours: click2call key unfreeze. If not, revoke the key.',
  },
  {
    code: 'key_limited',
    when: 'The key has limits, and the call is beyond one of them: numbers, rights, or PBXs.',
    fault: 'caller',
    errors: ['key_limit'],
    says: () => 'The key may not make this call, and nobody was rung',
    remedy: 'Use another key.',
  },
  {
    code: 'policy_refused',
    when: "The account's dial policy does not allow a number, at this time or with these rights.",
    fault: 'caller',
    errors: ['policy_refused'],
    says: () => "The account's dial policy stopped the call, and nobody was rung",
    remedy: "Dial another number, or let the account's owner change the policy: click2call policy set.",
  },
  {
    code: 'second_not_dialable',
    when: 'Nobody has the second number in the context that the call would run in: it does not exist, it is not permitted to the extension to dial as, or the context is a wrong one.',
    fault: 'caller',
    errors: ['extension_unknown'],
    says: (told) => `${capital(pbxOf(told))} can not dial ${told.second} with the rights of this call`,
    remedy: 'Dial another number, or give a dial_as that may call it.',
  },
  {
    code: 'rights_unknown',
    when: 'The extension to dial as is not on the PBX, or none was given and the first number is none.',
    fault: 'caller',
    errors: ['dial_as_unknown'],
    says: ({ second }) => `There is no extension whose rights could be used to dial ${second}`,
    remedy: 'Give a dial_as that is an extension of the PBX.',
  },
  {
    code: 'pbx_unreachable',
    when: 'No connection to the PBX could be made.',
    fault: 'network',
    errors: ['pbx_unreachable'],
    says: (told) => `${capital(pbxOf(told))} could not be reached, and nobody was rung`,
    remedy: EXAMINE,
  },
  {
    code: 'pbx_tls',
    when: "The TLS handshake failed, or the PBX's certificate is not the expected one.",
    fault: 'settings',
    errors: ['pbx_tls'],
    says: (told) => `No trusted TLS connection to ${pbxOf(told)} could be made`,
    remedy: EXAMINE,
  },
  {
    code: 'pbx_login_refused',
    when: 'Wrong user or secret, an address that the PBX does not let in, or a login that may be used only once at a time.',
    fault: 'settings',
    errors: ['pbx_login_refused'],
    says: (told) => `${capital(pbxOf(told))} did not accept our login`,
    remedy: EXAMINE,
  },
  {
    code: 'pbx_permission_denied',
    when: 'The login lacks a privilege.',
    fault: 'settings',
    errors: ['pbx_permission_denied'],
    says: (told) => `${capital(pbxOf(told))} does not let our login do this`,
    remedy: EXAMINE,
  },
  {
    code: 'pbx_protocol',
    when: 'Something else answers at the host and port of the PBX.',
    fault: 'settings',
    errors: ['pbx_protocol'],
    says: (told) => `What answers at the address of ${pbxOf(told)} is not the expected kind of PBX`,
    remedy: EXAMINE,
  },
  {
    code: 'pbx_settings',
    when: 'What is stored of the PBX can not be used any more.',
    fault: 'settings',
    errors: ['pbx_settings'],
    says: (told) => `The stored settings of ${pbxOf(told)} can not be used`,
    remedy: 'Remove this PBX and add it again.',
  },
  {
    code: 'pbx_address_refused',
    when: 'The PBX is at an address that this installation does not connect to.',
    fault: 'settings',
    errors: ['pbx_address_refused'],
    says: (told) => `${capital(pbxOf(told))} is at an address that this installation does not connect to`,
    remedy: 'Give the PBX a public address, or ask the operator to name its network in C2C_PBX_NETWORKS.',
  },
  {
    code: 'pbx_busy',
    when: 'The bound on originates per second or calls in progress is reached.',
    fault: 'settings',
    errors: ['pbx_busy'],
    says: (told) => `${capital(pbxOf(told))} is asked for as much as its settings allow`,
    remedy: 'Try again in a moment.',
  },
  {
    code: 'pbx_cannot',
    when: 'This kind of PBX can not do what was asked.',
    fault: 'caller',
    errors: ['pbx_cannot'],
    says: (told) => `${capital(pbxOf(told))} can not do what was asked`,
    remedy: 'Click without what it can not do.',
  },
  {
    code: 'pbx_not_ready',
    when: 'The PBX is being stopped or started.',
    fault: 'pbx',
    errors: ['pbx_refused'],
    words: /shutting down|starting|not (yet )?ready/i,
    says: (told) => `${capital(pbxOf(told))} is being restarted and takes no orders`,
    remedy: 'Try again when the PBX has started.',
  },
  {
    code: 'order_refused',
    when: 'The PBX refused the order for another reason.',
    fault: 'pbx',
    errors: ['pbx_refused'],
    says: (told) => `${capital(pbxOf(told))} refused the order`,
    remedy: SEE_PBX_LOG,
  },
  {
    code: 'request_failed',
    when: 'The request came to nothing for another reason.',
    fault: 'unknown',
    says: () => 'The request came to nothing',
    remedy: "Try again; if it stays, see this service's own log.",
  },
];

export const orderSituations = ORDER_SITUATIONS.map(
  ({ code, when, fault, errors, words, says, remedy }): Situation => ({
    code,
    when,
    fault,
    fits: ({ life: { problem, legs } }) =>
      problem !== undefined &&
      !isInDoubt(problem) &&
      legs[0].cause === undefined &&
      (errors?.includes(problem.code) ?? true) &&
      (words?.test(problem.said) ?? true),
    says: (told) => inWords(says(told), withoutField(told.life.problem?.said ?? '')),
    remedy: ({ life: { problem } }) => sentence(problem?.remedy || remedy),
  }),
);

/** Our own words name the field first, `dial_as: …`, which would put a second colon into the sentence. */
function withoutField(said: string): string {
  return said.replace(/^(dial_first|dial_second|dial_as|pbx): /, '');
}
