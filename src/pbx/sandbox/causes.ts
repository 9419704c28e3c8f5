/** Q.850 causes as Asterisk words them in `Cause-txt` (main/channel.c, `causes[]`). */
const TEXTS: Readonly<Record<number, string>> = {
  0: 'Unknown',
  1: 'Unallocated (unassigned) number',
  3: 'No route to destination',
  16: 'Normal Clearing',
  17: 'User busy',
  18: 'No user responding',
  19: 'User alerting, no answer',
  20: 'Subscriber absent',
  21: 'Call Rejected',
  26: 'Answered elsewhere',
  27: 'Destination out of order',
  34: 'Circuit/channel congestion',
  38: 'Network out of order',
  127: 'Interworking, unspecified',
};

/** The SIP statuses that the sandbox's phones send, as chan_pjsip turns them into causes. */
const OF_SIP: Readonly<Record<number, number>> = { 480: 19, 486: 17, 503: 34, 603: 21 };

/** And the way back: what chan_pjsip tells the other phone. Seen on 22.10.1: a decline comes through as 403. */
const TO_SIP: Readonly<Record<number, number>> = { 3: 404, 17: 486, 19: 480, 21: 403, 34: 503, 127: 500 };

export function causeText(cause: number): string {
  return TEXTS[cause] ?? 'Unknown';
}

/** Everything that has no cause of its own is 127. */
export function causeOfSip(status: number): number {
  return OF_SIP[status] ?? 127;
}

export function sipOfCause(cause: number): number | undefined {
  return TO_SIP[cause];
}

/** `DialStatus` of a leg that ended with this cause: whatever has no word of its own is NOANSWER. */
export function dialStatusOf(cause: number): string {
  if (cause === 17) return 'BUSY';
  if (cause === 34) return 'CONGESTION';
  if (cause === 3 || cause === 20) return 'CHANUNAVAIL';
  return 'NOANSWER';
}
