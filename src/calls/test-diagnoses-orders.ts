import { refused, row, type DiagnosisCase } from './test-facts.ts';

export const orders: readonly DiagnosisCase[] = [
  row(
    'request_invalid',
    'caller',
    [refused('parameter_invalid', 'timeout is "0"; give whole seconds from 1 to 600.')],
    'The request could not be used: timeout is "0"; give whole seconds from 1 to 600.',
    'Correct what it names, and click again.',
  ),
  row(
    'prefetch_refused',
    'nobody',
    [refused('prefetch_refused', 'The request has the header Purpose: prefetch')],
    'A program looked at the link, and nobody was rung: The request has the header Purpose: prefetch.',
    'Open the link itself to make the call.',
  ),
  row(
    'pbx_unknown',
    'caller',
    [refused('pbx_unknown', 'pbx: this account has no PBX named "mian"; give one of asterisk, main.')],
    'No PBX could be chosen: this account has no PBX named "mian"; give one of asterisk, main.',
    "Name one of the account's PBXs in the parameter pbx, or add it: click2call pbx add.",
  ),
  row(
    'key_limited',
    'caller',
    [
      refused(
        'key_limit',
        "dial_second: this key's allow_to (+49*) has not 102; give one that it has, or use another key.",
      ),
    ],
    "The key may not make this call, and nobody was rung: this key's allow_to (+49*) has not 102; give one that it has, or use another key.",
    'Use another key.',
  ),
  row(
    'too_many_calls',
    'settings',
    [refused('too_many_calls', 'This key may make 5 calls a minute (per_minute), and has')],
    'There were too many calls, and nobody was rung: This key may make 5 calls a minute (per_minute), and has.',
    'Try again in a minute, or raise the limit that it names.',
  ),
  row(
    'key_frozen',
    'settings',
    [
      refused(
        'key_frozen',
        'This key is frozen: 5 calls in 2 minutes to Cuba (CU), where this key never called before',
      ),
    ],
    'The key is frozen, and nobody was rung: This key is frozen: 5 calls in 2 minutes to Cuba (CU), where this key never called before.',
    'If these calls were yours: click2call key unfreeze. If not, revoke the key.',
  ),
  row(
    'policy_refused',
    'caller',
    [refused('policy_refused', 'dial_second is refused: it is in Cuba (CU) (rule countries_denied)')],
    "The account's dial policy stopped the call, and nobody was rung: dial_second is refused: it is in Cuba (CU) (rule countries_denied).",
    "Dial another number, or let the account's owner change the policy: click2call policy set.",
  ),
  row(
    'second_not_dialable',
    'caller',
    [
      refused(
        'extension_unknown',
        'Extension does not exist.',
        'The dialplan context internal, whose rights 101 has, knows no 102: dial another number, or give a dial_as that may call it.',
      ),
    ],
    'The PBX main can not dial 102 with the rights of this call: Extension does not exist.',
    'The dialplan context internal, whose rights 101 has, knows no 102: dial another number, or give a dial_as that may call it.',
  ),
  row(
    'rights_unknown',
    'caller',
    [
      refused(
        'dial_as_unknown',
        'dial_as: the PBX has no extension 999',
        'Give a dial_as that is an extension of this PBX.',
      ),
    ],
    'There is no extension whose rights could be used to dial 102: the PBX has no extension 999.',
    'Give a dial_as that is an extension of this PBX.',
  ),
  row(
    'pbx_unreachable',
    'network',
    [
      refused(
        'pbx_unreachable',
        'connect ECONNREFUSED 127.0.0.1:5038',
        'Check the host and port settings of the PBX, and that it runs.',
      ),
    ],
    'The PBX main could not be reached, and nobody was rung: connect ECONNREFUSED 127.0.0.1:5038.',
    'Check the host and port settings of the PBX, and that it runs.',
  ),
  row(
    'pbx_tls',
    'settings',
    [refused('pbx_tls', 'self-signed certificate', 'Set fingerprint to its SHA-256.')],
    'No trusted TLS connection to the PBX main could be made: self-signed certificate.',
    'Set fingerprint to its SHA-256.',
  ),
  row(
    'pbx_login_refused',
    'settings',
    [
      refused(
        'pbx_login_refused',
        'Authentication failed',
        'Check username and secret against manager.conf.',
      ),
    ],
    'The PBX main did not accept our login: Authentication failed.',
    'Check username and secret against manager.conf.',
  ),
  row(
    'pbx_permission_denied',
    'settings',
    [
      refused(
        'pbx_permission_denied',
        'Permission denied',
        'Give the manager user write = originate,call,reporting.',
      ),
    ],
    'The PBX main does not let our login do this: Permission denied.',
    'Give the manager user write = originate,call,reporting.',
  ),
  row(
    'pbx_protocol',
    'settings',
    [refused('pbx_protocol', 'It greets with "SSH-2.0-OpenSSH_9.2"', 'Check the port setting.')],
    'What answers at the address of the PBX main is not the expected kind of PBX: It greets with "SSH-2.0-OpenSSH_9.2".',
    'Check the port setting.',
  ),
  row(
    'pbx_settings',
    'settings',
    [refused('pbx_settings', 'The template file is gone')],
    'The stored settings of the PBX main can not be used: The template file is gone.',
    'Remove this PBX and add it again.',
  ),
  row(
    'pbx_address_refused',
    'settings',
    [refused('pbx_address_refused', '10.0.0.5 is a private address')],
    'The PBX main is at an address that this installation does not connect to: 10.0.0.5 is a private address.',
    'Give the PBX a public address, or ask the operator to name its network in C2C_PBX_NETWORKS.',
  ),
  row(
    'pbx_busy',
    'settings',
    [
      refused(
        'pbx_busy',
        'This PBX already has 20 calls in progress from here, its setting calls_in_progress',
      ),
    ],
    'The PBX main is asked for as much as its settings allow: This PBX already has 20 calls in progress from here, its setting calls_in_progress.',
    'Try again in a moment.',
  ),
  row(
    'pbx_cannot',
    'caller',
    [refused('pbx_cannot', 'This kind of PBX can not end a call')],
    'The PBX main can not do what was asked: This kind of PBX can not end a call.',
    'Click without what it can not do.',
  ),
  row(
    'pbx_not_ready',
    'pbx',
    [refused('pbx_refused', 'Asterisk is shutting down', 'Try again when the PBX has restarted.')],
    'The PBX main is being restarted and takes no orders: Asterisk is shutting down.',
    'Try again when the PBX has restarted.',
  ),
  row(
    'order_refused',
    'pbx',
    [
      refused(
        'pbx_refused',
        'Invalid channel',
        'Check the settings first_channel and outside_channel of this PBX.',
      ),
    ],
    'The PBX main refused the order: Invalid channel.',
    'Check the settings first_channel and outside_channel of this PBX.',
  ),
  row(
    'request_failed',
    'unknown',
    [refused('server_busy', 'The journal can not be written')],
    'The request came to nothing: The journal can not be written.',
    "Try again; if it stays, see this service's own log.",
  ),
];
