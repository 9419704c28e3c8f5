import type { Fault } from '../../contract/call-words.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';
import type { Cause } from './cause.ts';
import { diagnose } from './diagnose.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Fact, LegFact } from './fact.ts';
import { NEW_LIFE, type CallLife } from './life.ts';
import { transition } from './transition.ts';

/** A call from 101 to 102 on the PBX main: what was heard of it, and what is said of it then. */
export interface DiagnosisCase extends Diagnosis {
  readonly facts: readonly Fact[];
}

/** Lives through facts, one a second from second 1. */
export function liveThrough(facts: readonly Fact[]): CallLife {
  return facts.reduce((life, fact, index) => transition(life, fact, (index + 1) * 1_000_000).life, NEW_LIFE);
}

export function diagnosisAfter(facts: readonly Fact[]): Diagnosis | undefined {
  return diagnose({ life: liveThrough(facts), first: '101', second: '102', pbxName: 'main' });
}

const ACCEPTED: Fact = { type: 'accepted' };
const OVER: Fact = { type: 'ended' };
const GONE: Fact = { type: 'gone' };
const MISSED: Fact = { type: 'missed' };
const HANG_UP: Fact = { type: 'hang_up_asked' };
const CONNECTED: Fact = { type: 'connected' };
const first = (happened: LegFact['happened']): Fact => ({ type: 'leg', side: 'first', happened });
const second = (happened: LegFact['happened']): Fact => ({ type: 'leg', side: 'second', happened });
const end = (side: LegFact['side'], cause: Cause): Fact => ({ type: 'leg', side, happened: 'ended', cause });
const FIRST_RINGS = [ACCEPTED, first('asked'), first('ringing')];
const FIRST_ANSWERS = [...FIRST_RINGS, first('answered')];
const SECOND_RINGS = [...FIRST_ANSWERS, second('asked'), second('ringing')];
const BOTH_TALK = [...SECOND_RINGS, second('answered'), CONNECTED];
const IN_TALK = Array.from({ length: 8 }, () => CONNECTED);
const untold = (why: 'cannot_tell' | 'not_asked' | 'pbx_removed'): Fact => ({ type: 'untold', why });
const refused = (code: ErrorCode, said: string, remedy = ''): Fact => ({
  type: 'refused',
  problem: { code, said, remedy },
});
const inDoubt = (code: ErrorCode, said: string): Fact => ({
  type: 'in_doubt',
  problem: { code, said, remedy: 'See the status.' },
});

/** The phone of that side was asked to ring, and rang or not; then its leg ended for that cause, and the call with it. */
const rangFirst = (cause: Cause) => [...FIRST_RINGS, end('first', cause), OVER];
const askedFirst = (cause: Cause) => [ACCEPTED, first('asked'), end('first', cause), OVER];
const rangSecond = (cause: Cause) => [...SECOND_RINGS, end('second', cause), OVER];
const askedSecond = (cause: Cause) => [...FIRST_ANSWERS, second('asked'), end('second', cause), OVER];

function row(
  code: string,
  fault: Fault,
  facts: readonly Fact[],
  says: string,
  remedy: string,
): DiagnosisCase {
  return { code, fault, facts, says, remedy };
}

const orders: readonly DiagnosisCase[] = [
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

const talks: readonly DiagnosisCase[] = [
  row(
    'answered',
    'nobody',
    [...BOTH_TALK, ...IN_TALK, second('hung_up'), OVER],
    '101 and 102 were connected for 10.0 s; then 102 hung up.',
    '',
  ),
  row(
    'answered',
    'nobody',
    [...BOTH_TALK, ...IN_TALK, HANG_UP, OVER],
    '101 and 102 were connected for 10.0 s; then the call was ended on request.',
    '',
  ),
  row('answered', 'nobody', [...BOTH_TALK, ...IN_TALK, OVER], '101 and 102 were connected for 9.0 s.', ''),
  row(
    'answered_briefly',
    'nobody',
    [...BOTH_TALK, first('hung_up'), OVER],
    '101 and 102 were connected for 2.0 s; then 101 hung up.',
    'Nothing need be wrong. If they did not hear each other, check NAT and codecs of the two phones; if a voicemail took the call, know that a PBX does not tell it from a person.',
  ),
  row(
    'answered_audio_lost',
    'network',
    [...BOTH_TALK, ...IN_TALK, end('first', { q850: 44, text: 'Requested channel not available' }), OVER],
    '101 and 102 were connected for 10.0 s, until no more sound came from one of them and the PBX ended it.',
    'Check that RTP gets from both phones to the PBX: NAT, firewall, and the ports in rtp.conf.',
  ),
  row(
    'answered_end_not_heard',
    'network',
    [...BOTH_TALK, MISSED, GONE],
    '101 and 102 were connected; until when was not heard.',
    "See the PBX's own list of calls.",
  ),
  row(
    'answered_end_not_heard',
    'network',
    [...BOTH_TALK, MISSED, untold('pbx_removed')],
    '101 and 102 were connected; until when was not heard.',
    "See the PBX's own list of calls.",
  ),
];

const givenUp: readonly DiagnosisCase[] = [
  row(
    'cancelled_on_request',
    'nobody',
    [...FIRST_RINGS, HANG_UP, end('first', { q850: 16, text: 'Normal Clearing' }), OVER],
    'The call was ended on request while 101 rang.',
    '',
  ),
  row(
    'cancelled_on_request',
    'nobody',
    [ACCEPTED, HANG_UP, OVER],
    'The call was ended on request before 101 rang.',
    '',
  ),
  row(
    'cancelled_on_request',
    'nobody',
    [...FIRST_ANSWERS, HANG_UP, OVER],
    'The call was ended on request after 101 had answered.',
    '',
  ),
  row(
    'cancelled_on_request',
    'nobody',
    [...FIRST_ANSWERS, second('asked'), HANG_UP, OVER],
    'The call was ended on request while 102 was called.',
    '',
  ),
  row(
    'cancelled_on_request',
    'nobody',
    [...SECOND_RINGS, HANG_UP, end('second', { q850: 16, text: '' }), OVER],
    'The call was ended on request while 102 rang.',
    '',
  ),
  row(
    'cancelled_on_request',
    'nobody',
    [...SECOND_RINGS, second('answered'), HANG_UP, OVER],
    'The call was ended on request after 102 had answered.',
    '',
  ),
  row(
    'first_left_before_second_rang',
    'first',
    [...FIRST_ANSWERS, first('hung_up'), OVER],
    '101 answered, and hung up before 102 rang.',
    'Tell whoever answers the first phone that 102 is called only then; or a machine answered it.',
  ),
  row(
    'first_left_while_second_rang',
    'first',
    [...SECOND_RINGS, first('hung_up'), end('second', { q850: 16, text: '' }), OVER],
    '101 hung up while 102 rang.',
    'Nothing is wrong; let it ring longer to reach the other side.',
  ),
];

const legs: readonly DiagnosisCase[] = [
  row(
    'first_not_registered',
    'first',
    [ACCEPTED, { type: 'ended', cause: { text: 'Failure', means: 'unavailable', phone: 'unregistered' } }],
    'The first phone, 101, never rang: it is not registered with the PBX main.',
    'Register the phone of 101, or click with another dial_first.',
  ),
  row(
    'second_not_registered',
    'second',
    askedSecond({ q850: 3, text: 'No route to destination', phone: 'unregistered' }),
    'The second phone, 102, never rang: it is not registered with the PBX main.',
    'Register the phone of 102, or call another number.',
  ),
  row(
    'first_no_such_phone',
    'caller',
    askedFirst({ text: 'Failure', means: 'unavailable', phone: 'no_such_phone' }),
    'The first phone, 101, never rang: the PBX main knows no such phone.',
    'Check the number 101, or click with another dial_first.',
  ),
  row(
    'second_trunk_login_refused',
    'pbx',
    askedSecond({ q850: 21, sip: 407, text: 'Call Rejected' }),
    'The second phone, 102, was not called: its trunk did not accept the login of the PBX main (SIP 407).',
    "Check user, password and registration of the PBX's trunk with its provider.",
  ),
  row(
    'second_no_credit',
    'pbx',
    askedSecond({ q850: 127, sip: 402, text: 'Interworking, unspecified' }),
    'The second phone, 102, was not called: the provider wants to be paid first (SIP 402).',
    "Top up the PBX's account with its provider.",
  ),
  row(
    'second_caller_id_refused',
    'settings',
    askedSecond({ q850: 21, sip: 403, text: 'Call Rejected' }),
    'The second phone, 102, was not called: its trunk forbids the call (SIP 403), most often because the caller ID is none of its own.',
    'Give the extension to dial as a caller ID that the provider knows, dial as another one, or ask the provider whether this destination is barred.',
  ),
  row(
    'second_caller_id_hidden',
    'settings',
    askedSecond({ q850: 127, sip: 433, text: 'Interworking, unspecified' }),
    'The second phone, 102, takes no calls without a caller ID (SIP 433).',
    'Give the extension to dial as a caller ID, or dial as another one.',
  ),
  row(
    'second_caller_id_unwanted',
    'settings',
    askedSecond({ q850: 127, sip: 608, text: 'Interworking, unspecified' }),
    'The second phone, 102, or its provider rejects calls from this caller ID as unwanted (SIP 608).',
    'Have the caller ID taken off the list of unwanted callers, or dial as an extension with another one.',
  ),
  row(
    'second_not_permitted',
    'settings',
    askedSecond({ q850: 52, text: 'Outgoing call barred' }),
    'The second phone, 102, was not called: such calls are barred (Q.850 52: Outgoing call barred).',
    'Dial as an extension that may call 102, or have the bar lifted.',
  ),
  row(
    'second_number_incomplete',
    'caller',
    askedSecond({ q850: 28, sip: 484, text: 'Invalid number format' }),
    'The second phone, 102, was not called: that is no whole number there (SIP 484, Q.850 28: Invalid number format).',
    'Give the number as a phone of this PBX dials it, with the prefix for outside and the country code.',
  ),
  row(
    'second_number_changed',
    'caller',
    askedSecond({ q850: 22, sip: 410, text: 'Number changed' }),
    'The second phone, 102, was not called: its number is not in use any more (SIP 410, Q.850 22: Number changed).',
    'Find out the new number of whoever had 102.',
  ),
  row(
    'second_number_unknown',
    'caller',
    askedSecond({ q850: 1, sip: 404, text: 'Unallocated (unassigned) number' }),
    'The second phone, 102, was not called: nobody has this number (SIP 404, Q.850 1: Unallocated (unassigned) number).',
    'Check the number 102, or call another number.',
  ),
  row(
    'first_technology_missing',
    'settings',
    askedFirst({ q850: 66, text: 'Channel not implemented' }),
    'The first phone, 101, was not called: the PBX main has no such kind of channel (Q.850 66: Channel not implemented).',
    'Check first_channel, outside_channel and second_channel in the settings of the PBX.',
  ),
  row(
    'first_codec',
    'settings',
    askedFirst({ q850: 58, sip: 488, text: 'Bearer capability not available' }),
    'The first phone, 101, was not called: it and the PBX main have no codec in common (SIP 488, Q.850 58: Bearer capability not available).',
    'Allow a codec on the PBX that the phone or the trunk speaks.',
  ),
  row(
    'second_loop',
    'settings',
    askedSecond({ q850: 127, sip: 482, text: '' }),
    'The second phone, 102, was not reached: the call went in a circle (SIP 482, Q.850 127).',
    'Look for forwards and routes on the PBX that lead from 102 back to itself.',
  ),
  row(
    'first_forward_not_followed',
    'first',
    askedFirst({ q850: 23, sip: 302, text: 'Redirected to new destination' }),
    'The first phone, 101, forwards its calls, and the PBX main did not follow (SIP 302, Q.850 23: Redirected to new destination).',
    'Take the forward off the phone of 101, or call the number that it forwards to.',
  ),
  row(
    'second_congestion',
    'network',
    rangSecond({ q850: 34, sip: 503, text: 'Circuit/channel congestion' }),
    'The second phone, 102, was not reached: the lines on the way to it are all taken (SIP 503, Q.850 34: Circuit/channel congestion).',
    'Try again in a moment; if it stays, the PBX or its provider needs more lines.',
  ),
  row(
    'second_out_of_order',
    'network',
    askedSecond({ q850: 38, sip: 500, text: 'Network out of order' }),
    'The second phone, 102, was not reached: the way to it is out of order (SIP 500, Q.850 38: Network out of order).',
    'Try again later; if it stays, look at the trunk or the phone.',
  ),
  row(
    'second_no_route',
    'settings',
    askedSecond({ q850: 3, text: 'No route to destination' }),
    'The second phone, 102, never rang: the PBX main found no way to it (Q.850 3: No route to destination).',
    'Where it is a phone of the PBX, register it; where it is a number outside, check routes and trunks of the PBX.',
  ),
  row(
    'first_busy',
    'first',
    rangFirst({ q850: 17, sip: 486, text: 'User busy' }),
    'The first phone, 101, was busy.',
    'Try again later.',
  ),
  row(
    'second_busy',
    'second',
    rangSecond({ q850: 17, sip: 486, text: 'User busy' }),
    'The second phone, 102, was busy.',
    'Try again later.',
  ),
  row(
    'first_declined_or_refused',
    'unknown',
    rangFirst({ q850: 21, text: 'Call Rejected' }),
    'The first phone, 101, declined the call, or its trunk refused it: the PBX main does not tell them apart.',
    'Where it is a person, nothing is wrong; where it is a number outside, check the caller ID and the login of the trunk.',
  ),
  row(
    'first_declined',
    'first',
    rangFirst({ q850: 21, sip: 603, text: 'Call Rejected' }),
    'The first phone, 101, rang and declined the call.',
    'Nothing is wrong: somebody did not want the call, or the phone is set to do not disturb.',
  ),
  row(
    'second_declined',
    'second',
    askedSecond({ text: 'CALL_REJECTED', means: 'declined' }),
    'The second phone, 102, declined the call.',
    'Nothing is wrong: somebody did not want the call, or the phone is set to do not disturb.',
  ),
  row(
    'first_not_available',
    'first',
    askedFirst({ q850: 19, sip: 480, text: 'User alerting, no answer' }),
    'The first phone, 101, did not ring: it says that it is not available now (SIP 480).',
    'Switch do not disturb off at 101, or click with another dial_first.',
  ),
  row(
    'first_no_response',
    'first',
    askedFirst({ q850: 18, sip: 408, text: 'No user responding' }),
    'The first phone, 101, gave no sign of ringing before the time was up.',
    'Check that the phone of 101 is switched on and that the PBX reaches it: a registration outlives a phone that is gone, or that a router has forgotten.',
  ),
  row(
    'first_no_answer',
    'first',
    rangFirst({ q850: 19, sip: 480, text: 'User alerting, no answer' }),
    'The first phone, 101, rang for 1.0 s, and nobody answered.',
    'Pick it up when it rings, give a longer timeout, or let the phone answer by itself: auto_answer in the settings of the PBX.',
  ),
  row(
    'second_no_answer',
    'second',
    rangSecond({ q850: 19, text: 'User alerting, no answer' }),
    'The second phone, 102, rang for 1.0 s, and nobody answered.',
    'Try again later, or give a longer timeout.',
  ),
  row(
    'second_answered_elsewhere',
    'nobody',
    rangSecond({ q850: 26, text: 'Answered elsewhere' }),
    'The second phone, 102, stopped ringing, as the call was picked up at another phone.',
    '',
  ),
  row(
    'first_torn_down',
    'pbx',
    rangFirst({ q850: 127, sip: 487, text: 'Interworking, unspecified' }),
    'The first phone, 101, rang, and the call was torn down from outside (SIP 487).',
    'Look into the PBX for what ended it: a call pickup, a ring group, an administrator.',
  ),
  row(
    'first_unavailable',
    'first',
    [ACCEPTED, { type: 'ended', cause: { text: 'CHANUNAVAIL', means: 'unavailable' } }],
    'The first phone, 101, never rang: the PBX main could not reach it (CHANUNAVAIL).',
    'Check that the phone of 101 is switched on and registered, or click with another dial_first.',
  ),
  row(
    'second_failed',
    'unknown',
    askedSecond({ q850: 111, text: 'Protocol error, unspecified' }),
    'The second phone, 102, could not be called (Q.850 111: Protocol error, unspecified).',
    "Look into the PBX's own log at this time.",
  ),
];

const notHeard: readonly DiagnosisCase[] = [
  row(
    'order_in_doubt',
    'network',
    [inDoubt('pbx_in_doubt', 'The PBX closed the connection.'), GONE],
    'The PBX main was given the order and did not answer: The PBX closed the connection.',
    'Ask at 101 whether it rang before you click again; it is not tried again by itself.',
  ),
  row(
    'service_fault',
    'service',
    [inDoubt('internal', 'A fault of ours'), GONE],
    'A fault of this service came in the way of the order; whether the PBX main took it is not known.',
    "See this service's own log at this time, before you click again.",
  ),
  row(
    'service_stopped_in_order',
    'service',
    [MISSED, GONE],
    'This service was stopped while it gave the order; asked later, the PBX main knew nothing of the call.',
    'Ask at 101 whether it rang before you click again; it is not tried again by itself.',
  ),
  row(
    'service_stopped_in_order',
    'service',
    [MISSED, untold('cannot_tell')],
    'This service was stopped while it gave the order; whether the PBX main took it is not known.',
    'Ask at 101 whether it rang before you click again; it is not tried again by itself.',
  ),
  row(
    'pbx_cannot_tell',
    'nobody',
    [ACCEPTED, untold('cannot_tell')],
    'The PBX main took the order; this kind of PBX can not tell what becomes of a call.',
    "See the PBX's own list of calls.",
  ),
  row(
    'pbx_removed',
    'settings',
    [...SECOND_RINGS, MISSED, untold('pbx_removed')],
    'The PBX main was removed from the account while 102 rang; what became of the call is not known.',
    "See the PBX's own list of calls.",
  ),
  row(
    'pbx_not_asked',
    'network',
    [...FIRST_RINGS, untold('not_asked')],
    'The PBX main went out of reach while 101 rang and could not be asked for a day; what became of the call is not known.',
    'Find out why the PBX main is out of reach: click2call pbx examine.',
  ),
  row(
    'pbx_lost_call',
    'network',
    [...FIRST_ANSWERS, MISSED, GONE],
    'The link to the PBX main was lost after 101 had answered; when it was back the PBX knew nothing of the call any more: it was restarted, or the call ended meanwhile.',
    "See the PBX's own list of calls. If this comes often, look at the network between us and the PBX main.",
  ),
  row(
    'end_not_told',
    'pbx',
    [...FIRST_RINGS, GONE],
    'The PBX main did not tell how the call ended; asked later, it knew nothing of it any more.',
    "See the PBX's own list of calls. Check that our login there may hear events: click2call pbx examine.",
  ),
];

const unexplained: readonly DiagnosisCase[] = [
  row(
    'second_answered_not_connected',
    'pbx',
    [...SECOND_RINGS, second('answered'), OVER],
    '102 answered, and the PBX main did not connect it with 101.',
    "Look into the PBX's own log at this time.",
  ),
  row(
    'second_not_dialled',
    'settings',
    [...FIRST_ANSWERS, OVER],
    '101 answered, and the call ended before the PBX main dialled 102.',
    'If 101 did not hang up by itself, check that the context and the dialplan that the call ran in can dial 102.',
  ),
  row(
    'ended_without_cause',
    'pbx',
    [...FIRST_RINGS, OVER],
    'The call ended while 101 was called, and the PBX main did not say why.',
    "Look into the PBX's own log at this time.",
  ),
  row(
    'ended_without_cause',
    'pbx',
    rangSecond({ q850: 16, text: 'Normal Clearing' }),
    'The call ended while 102 was called, and the PBX main did not say why.',
    "Look into the PBX's own log at this time.",
  ),
  row(
    'legs_not_told',
    'nobody',
    [ACCEPTED, OVER],
    'The call is over; the PBX main did not tell how far it came.',
    "See the PBX's own list of calls.",
  ),
];

/** At least one for every situation; the first of each is its example. */
export const DIAGNOSIS_CASES: readonly DiagnosisCase[] = [
  ...orders,
  ...givenUp,
  ...legs,
  ...talks,
  ...notHeard,
  ...unexplained,
];
