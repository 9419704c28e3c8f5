import type { Disposition } from '../../contract/call-words.ts';

/**
 * Why a leg ended, in the PBX's own terms. What it did not say is left out.
 */
export interface Cause {
  /** ITU-T Q.850, as the PBX's channel has it; 0 is none. */
  readonly q850?: number;
  /** The SIP status that the phone or the trunk answered with. */
  readonly sip?: number;
  /** The PBX's own words: `User busy`, `NO_ANSWER`, `CHANUNAVAIL`. */
  readonly text: string;
  /** Where numbers do not tell it and the PBX's words do, what they mean: its driver knows. */
  readonly means?: Disposition;
  /** What the PBX said of the phone when it was asked why it did not ring. */
  readonly phone?: PhoneState;
}

/** What a PBX knows of an extension's phone. */
export type PhoneState = 'registered' | 'in_use' | 'unregistered' | 'no_such_phone' | 'unknown';

/**
 * What a leg's cause says of a call that was not answered there; `unknown` where it says nothing of that (16 ends a call
 * that was answered as well as one that was given up).
 *
 * The numbers are those of Q.850 §2.2.7. A SIP status goes before them where Asterisk's map (res_pjsip.c) puts together
 * what is apart: it makes 21 of a phone that declines (603) and of a trunk that does not know us (401, 403, 407).
 */
export function meaningOf(cause: Cause): Disposition {
  return cause.means ?? BY_SIP[cause.sip ?? 0] ?? BY_Q850[cause.q850 ?? 0] ?? 'unknown';
}

const BY_SIP: Readonly<Record<number, Disposition>> = {
  401: 'failed',
  402: 'failed',
  403: 'failed',
  404: 'unavailable',
  407: 'failed',
  410: 'unavailable',
  415: 'failed',
  433: 'failed',
  482: 'failed',
  483: 'failed',
  484: 'failed',
  485: 'unavailable',
  486: 'busy',
  488: 'failed',
  600: 'busy',
  603: 'declined',
  604: 'unavailable',
  606: 'failed',
  607: 'declined',
  608: 'declined',
};

const BY_Q850: Readonly<Record<number, Disposition>> = {
  1: 'unavailable',
  2: 'unavailable',
  3: 'unavailable',
  17: 'busy',
  18: 'no_answer',
  19: 'no_answer',
  20: 'unavailable',
  21: 'declined',
  22: 'unavailable',
  27: 'congestion',
  28: 'failed',
  34: 'congestion',
  38: 'congestion',
  41: 'congestion',
  42: 'congestion',
  44: 'congestion',
  52: 'failed',
  54: 'failed',
  58: 'failed',
  65: 'failed',
  66: 'failed',
  102: 'no_answer',
};
