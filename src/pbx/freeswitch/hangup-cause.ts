import type { Cause } from '../../calls/cause.ts';
import type { EslEvent } from './message.ts';
import { lookUp } from '../../kit/look-up.ts';

/**
 * The causes that FreeSWITCH has by their numbers of Q.850 (switch_channel.c, CAUSE_CHART). Its own causes are above 127, and
 * its variable `hangup_cause_q850` says 16 for them, which they are not.
 */
const Q850: Readonly<Record<string, number>> = {
  UNALLOCATED_NUMBER: 1,
  NO_ROUTE_TRANSIT_NET: 2,
  NO_ROUTE_DESTINATION: 3,
  CHANNEL_UNACCEPTABLE: 6,
  CALL_AWARDED_DELIVERED: 7,
  NORMAL_CLEARING: 16,
  USER_BUSY: 17,
  NO_USER_RESPONSE: 18,
  NO_ANSWER: 19,
  SUBSCRIBER_ABSENT: 20,
  CALL_REJECTED: 21,
  NUMBER_CHANGED: 22,
  REDIRECTION_TO_NEW_DESTINATION: 23,
  EXCHANGE_ROUTING_ERROR: 25,
  DESTINATION_OUT_OF_ORDER: 27,
  INVALID_NUMBER_FORMAT: 28,
  FACILITY_REJECTED: 29,
  RESPONSE_TO_STATUS_ENQUIRY: 30,
  NORMAL_UNSPECIFIED: 31,
  NORMAL_CIRCUIT_CONGESTION: 34,
  NETWORK_OUT_OF_ORDER: 38,
  NORMAL_TEMPORARY_FAILURE: 41,
  SWITCH_CONGESTION: 42,
  ACCESS_INFO_DISCARDED: 43,
  REQUESTED_CHAN_UNAVAIL: 44,
  PRE_EMPTED: 45,
  FACILITY_NOT_SUBSCRIBED: 50,
  OUTGOING_CALL_BARRED: 52,
  INCOMING_CALL_BARRED: 54,
  BEARERCAPABILITY_NOTAUTH: 57,
  BEARERCAPABILITY_NOTAVAIL: 58,
  SERVICE_UNAVAILABLE: 63,
  BEARERCAPABILITY_NOTIMPL: 65,
  CHAN_NOT_IMPLEMENTED: 66,
  FACILITY_NOT_IMPLEMENTED: 69,
  SERVICE_NOT_IMPLEMENTED: 79,
  INVALID_CALL_REFERENCE: 81,
  INCOMPATIBLE_DESTINATION: 88,
  INVALID_MSG_UNSPECIFIED: 95,
  MANDATORY_IE_MISSING: 96,
  MESSAGE_TYPE_NONEXIST: 97,
  WRONG_MESSAGE: 98,
  IE_NONEXIST: 99,
  INVALID_IE_CONTENTS: 100,
  WRONG_CALL_STATE: 101,
  RECOVERY_ON_TIMER_EXPIRE: 102,
  MANDATORY_IE_LENGTH_ERROR: 103,
  PROTOCOL_ERROR: 111,
  INTERWORKING: 127,
};

/** What those of its own mean that end a leg which nobody answered. */
const OWN: Readonly<Record<string, Pick<Cause, 'means' | 'phone'>>> = {
  USER_NOT_REGISTERED: { means: 'unavailable', phone: 'unregistered' },
  DOES_NOT_EXIST_ANYWHERE: { means: 'unavailable' },
  ALLOTTED_TIMEOUT: { means: 'no_answer' },
  PROGRESS_TIMEOUT: { means: 'no_answer' },
  NO_PICKUP: { means: 'no_answer' },
  BUSY_EVERYWHERE: { means: 'busy' },
  DECLINE: { means: 'declined' },
  UNWANTED: { means: 'declined' },
  REJECT_ALL: { means: 'declined' },
  GATEWAY_DOWN: { means: 'congestion' },
  INVALID_GATEWAY: { means: 'failed' },
  INVALID_PROFILE: { means: 'failed' },
  INVALID_URL: { means: 'failed' },
  NOT_ACCEPTABLE: { means: 'failed' },
};

/** @param text `USER_BUSY`, as an event's `Hangup-Cause` or the result of an originate has it */
export function causeNamed(text: string): Cause {
  const q850 = lookUp(Q850, text);
  return { ...(q850 === undefined ? {} : { q850 }), text, ...lookUp(OWN, text) };
}

/** Why a channel ended that was not answered: with the SIP status that the phone or the trunk sent, where it did. */
export function causeOf(event: EslEvent): Cause {
  const cause = causeNamed(event.get('Hangup-Cause') ?? '');
  const sip = Number(
    event.get('variable_sip_term_status') ?? event.get('variable_sip_invite_failure_status'),
  );
  // What we sent the phone says nothing of the phone.
  const isOurs = event.get('variable_sip_hangup_disposition')?.startsWith('send_') === true;
  return sip >= 300 && !isOurs ? { ...cause, sip } : cause;
}

/** Why an answered channel ended: whatever it says of phones is what the other leg came to, which has its own cause. */
export function causeOfTalk(event: EslEvent): Cause {
  const { means: _, phone: __, ...cause } = causeNamed(event.get('Hangup-Cause') ?? '');
  return cause;
}

/** The phone asked for it: it sent BYE. FreeSWITCH says so with the hang-up of a Verto, and a little later of a SIP phone. */
export function hungUpItself(event: EslEvent): boolean {
  if (wasTransferred(event)) return false;
  const disposition =
    event.get('variable_sip_hangup_disposition') ?? event.get('variable_verto_hangup_disposition');
  if (disposition !== undefined) return disposition === 'recv_bye' || disposition === 'recv_cancel';
  // Before the hang-up: the BYE is noted as the dialog's end with 200 (sofia.c, sofia_handle_sip_i_bye).
  return event.get('variable_sip_term_status') === '200';
}

/** It left for another call; the call that it was part of goes on without it. */
function wasTransferred(event: EslEvent): boolean {
  const words = [event.get('Hangup-Cause'), event.get('variable_endpoint_disposition')];
  return words.some((word) => word === 'BLIND_TRANSFER' || word === 'ATTENDED_TRANSFER');
}

/** It stopped ringing because another phone of its side was picked up: nothing came to nothing. */
export function lostTheRace(event: EslEvent): boolean {
  return ['LOSE_RACE', 'PICKED_OFF', 'BOWOUT'].includes(event.get('Hangup-Cause') ?? '');
}

/** Ends of a first channel's own, which say nothing of a second number that was never rung. */
const OF_ITS_OWN = new Set([
  '',
  'NONE',
  'NORMAL_CLEARING',
  'NORMAL_UNSPECIFIED',
  'ORIGINATOR_CANCEL',
  'MANAGER_REQUEST',
  'BLIND_TRANSFER',
  'ATTENDED_TRANSFER',
  'MEDIA_TIMEOUT',
  'RECOVERY_ON_TIMER_EXPIRE',
  'SYSTEM_SHUTDOWN',
  'SRTP_READ_ERROR',
  'CRASH',
]);

/** Why the second number could not be rung, from the end of the answered channel that should have rung it. */
export function causeOfUnrung(event: EslEvent): Cause | undefined {
  const failed = event.get('variable_originate_failed_cause') ?? event.get('Hangup-Cause') ?? '';
  return hungUpItself(event) || OF_ITS_OWN.has(failed) ? undefined : causeNamed(failed);
}
