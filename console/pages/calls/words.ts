import type { CallState, Disposition } from '../../../contract/call-words.ts';

/** What a call is at, as a list is narrowed by it. */
export const STATE_WORDS: Readonly<Record<Exclude<CallState, 'ended' | 'unknown'>, string>> = {
  originating: 'Placing',
  ringing_first: 'Ringing first',
  answered_first: 'First answered',
  ringing_second: 'Ringing second',
  connected: 'Connected',
};

/** What a call came to. */
export const DISPOSITION_WORDS: Readonly<Record<Disposition, string>> = {
  answered: 'Answered',
  busy: 'Busy',
  declined: 'Declined',
  no_answer: 'No answer',
  unavailable: 'Unavailable',
  congestion: 'Congestion',
  cancelled: 'Cancelled',
  failed: 'Failed',
  unknown: 'Not known',
};
