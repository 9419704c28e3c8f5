/** Hang-up causes as FreeSWITCH names them (switch_channel.c, CAUSE_CHART), with their numbers. */
const NUMBERS = {
  NONE: 0,
  UNALLOCATED_NUMBER: 1,
  NO_ROUTE_DESTINATION: 3,
  NORMAL_CLEARING: 16,
  USER_BUSY: 17,
  NO_USER_RESPONSE: 18,
  NO_ANSWER: 19,
  SUBSCRIBER_ABSENT: 20,
  CALL_REJECTED: 21,
  NORMAL_TEMPORARY_FAILURE: 41,
  CHAN_NOT_IMPLEMENTED: 66,
  ORIGINATOR_CANCEL: 487,
  LOSE_RACE: 502,
  USER_NOT_REGISTERED: 606,
} as const;

export type Cause = keyof typeof NUMBERS;

/** What the variable `hangup_cause_q850` says: FreeSWITCH's own causes are normal clearing to it. */
export function q850Of(cause: Cause): number {
  return NUMBERS[cause] > 127 ? NUMBERS.NORMAL_CLEARING : NUMBERS[cause];
}

/** `USER_BUSY`, as `uuid_kill` takes it; whatever is none is the ordinary one. */
export function readCause(text: string): Cause {
  const found = (Object.keys(NUMBERS) as Cause[]).find((cause) => cause === text.toUpperCase());
  return found ?? 'NORMAL_CLEARING';
}

const OF_SIP: Readonly<Record<number, Cause>> = {
  480: 'NO_USER_RESPONSE',
  486: 'USER_BUSY',
  487: 'ORIGINATOR_CANCEL',
  503: 'NORMAL_TEMPORARY_FAILURE',
  603: 'CALL_REJECTED',
};

/** What mod_sofia makes of a phone's SIP status. */
export function causeOfSip(status: number): Cause {
  return OF_SIP[status] ?? 'NORMAL_TEMPORARY_FAILURE';
}
