import type { Fault } from '../../../contract/call-words.ts';
import type { ErrorCode } from '../../../contract/error-codes.ts';
import { sentence, type Situation } from './situation.ts';

/** The order came to nothing: the words are those of whoever refused it, and its remedy is the one given then. */
const ORDER_PROBLEMS: readonly (readonly [
  code: string,
  fault: Fault,
  errors: readonly ErrorCode[],
  says: string,
])[] = [
  [
    'request_invalid',
    'caller',
    [
      'parameter_missing',
      'parameter_unknown',
      'parameter_repeated',
      'parameter_invalid',
      'dial_as_conflict',
      'body_invalid',
      'body_too_large',
      'media_type_unsupported',
      'prefetch_refused',
    ],
    'The request could not be used',
  ],
  ['pbx_unknown', 'caller', ['pbx_unknown'], 'There is no such PBX'],
  [
    'extension_unknown',
    'caller',
    ['extension_unknown'],
    'The second number can not be dialled with these rights',
  ],
  ['dial_as_unknown', 'caller', ['dial_as_unknown'], 'The extension to dial as is not known to the PBX'],
  ['pbx_unreachable', 'network', ['pbx_unreachable'], 'The PBX could not be reached'],
  [
    'pbx_tls',
    'settings',
    ['pbx_tls'],
    "The PBX's certificate is not the expected one, or the TLS handshake failed",
  ],
  ['pbx_login_refused', 'settings', ['pbx_login_refused'], 'The PBX did not accept our login'],
  [
    'pbx_permission_denied',
    'settings',
    ['pbx_permission_denied'],
    'The PBX does not allow our login to do this',
  ],
  [
    'pbx_protocol',
    'settings',
    ['pbx_protocol'],
    'What answered does not speak the protocol of this kind of PBX',
  ],
  ['pbx_settings', 'settings', ['pbx_settings'], 'The stored settings of the PBX can not be used'],
  [
    'pbx_address_refused',
    'settings',
    ['pbx_address_refused'],
    'The PBX is at an address that is not connected to',
  ],
  ['pbx_busy', 'settings', ['pbx_busy'], 'The bound on what this PBX is asked for is reached'],
  ['pbx_cannot', 'caller', ['pbx_cannot'], 'This kind of PBX can not do that'],
  ['first_not_registered', 'first', ['phone_unregistered'], 'No phone is registered for the first number'],
  ['first_no_such_phone', 'caller', ['phone_unknown'], 'The PBX knows no phone of the first number'],
  ['order_refused', 'pbx', ['pbx_refused'], 'The PBX refused the order'],
  ['service_fault', 'service', ['internal', 'server_busy'], 'A fault of ours'],
];

export const orderSituations = ORDER_PROBLEMS.map(([code, fault, errors, says]): Situation => ({
  code,
  fault,
  fits: ({ life: { problem, acceptedAt } }) =>
    problem !== undefined && acceptedAt === undefined && errors.includes(problem.code),
  says: ({ life: { problem } }) => `${says}: ${sentence(problem?.said ?? '')}`,
  remedy: ({ life: { problem } }) => problem?.remedy ?? '',
}));
