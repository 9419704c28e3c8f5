import type { CallLife } from '../../src/calls/life.ts';
import type { PhonePlan, TruthCase } from './truth.ts';

const ANSWERS: PhonePlan = { answerAfterMs: 300 };
const HANGS_UP: PhonePlan = { answerAfterMs: 300, hangUpAfterMs: 1000 };
const LEAVES: PhonePlan = { answerAfterMs: 200, hangUpAfterMs: 700 };
const ANSWERS_LATE: PhonePlan = { answerAfterMs: 1500 };
const SHORT_OF_WORDS: PhonePlan = { answerAfterMs: 100, hangUpAfterMs: 400 };
const BUSY_AT_ONCE: PhonePlan = { behaviour: 'busy', refuseAfterMs: 0 };
const SILENT: PhonePlan = { behaviour: 'silent' };
const BUSY: PhonePlan = { behaviour: 'busy', refuseAfterMs: 400 };
const DECLINES: PhonePlan = { behaviour: 'decline', refuseAfterMs: 400 };
const CONGESTED: PhonePlan = { behaviour: 'congestion' };

const firstRings = ({ state }: CallLife) => state === 'ringing_first';
const secondRings = ({ state }: CallLife) => state === 'ringing_second';
const bothTalk = ({ state }: CallLife) => state === 'connected';

/** What calls come to, the same over each way to speak to an Asterisk. */
export const TRUTHS: readonly TruthCase[] = [
  {
    what: 'the second hangs up',
    first: ANSWERS,
    second: HANGS_UP,
    disposition: 'answered',
    endedBy: 'second',
  },
  { what: 'the first hangs up', first: HANGS_UP, second: ANSWERS, disposition: 'answered', endedBy: 'first' },
  {
    what: 'we hang up while both talk',
    first: ANSWERS,
    second: ANSWERS,
    weEndIt: bothTalk,
    disposition: 'answered',
    endedBy: 'api',
  },
  {
    what: 'we hang up while the first rings',
    first: SILENT,
    second: ANSWERS,
    weEndIt: firstRings,
    disposition: 'cancelled',
    endedBy: 'api',
  },
  {
    what: 'we hang up while the second rings',
    first: ANSWERS,
    second: SILENT,
    weEndIt: secondRings,
    disposition: 'cancelled',
    endedBy: 'api',
  },
  {
    what: 'the first leaves while the second rings',
    first: LEAVES,
    second: SILENT,
    disposition: 'cancelled',
    endedBy: 'first',
  },
  {
    what: 'the first is busy',
    first: BUSY,
    second: ANSWERS,
    disposition: 'busy',
    endedBy: 'first',
    cause: ['first', { q850: 17, sip: 486, text: 'User busy' }],
  },
  {
    what: 'the second is busy',
    first: ANSWERS,
    second: BUSY,
    disposition: 'busy',
    endedBy: 'second',
    cause: ['second', { q850: 17, sip: 486, text: 'User busy' }],
  },
  {
    what: 'the first declines',
    first: DECLINES,
    second: ANSWERS,
    disposition: 'declined',
    endedBy: 'first',
    cause: ['first', { q850: 21, sip: 603, text: 'Call Rejected' }],
  },
  {
    what: 'the second declines',
    first: ANSWERS,
    second: DECLINES,
    disposition: 'declined',
    endedBy: 'second',
    cause: ['second', { q850: 21, sip: 603, text: 'Call Rejected' }],
  },
  {
    what: 'the first does not answer',
    first: SILENT,
    second: ANSWERS,
    disposition: 'no_answer',
    endedBy: 'pbx',
    cause: ['first', { q850: 19, text: 'User alerting, no answer' }],
  },
  {
    what: 'the second does not answer',
    first: ANSWERS,
    second: SILENT,
    disposition: 'no_answer',
    endedBy: 'pbx',
  },
  {
    what: 'the first has no phone',
    first: 'absent',
    second: ANSWERS,
    disposition: 'unavailable',
    endedBy: 'pbx',
    cause: ['first', { phone: 'unregistered' }],
  },
  {
    what: 'the second has no phone',
    first: ANSWERS,
    second: 'absent',
    disposition: 'unavailable',
    endedBy: 'pbx',
    cause: ['second', { phone: 'unregistered' }],
  },
  {
    what: 'the way to the first is congested',
    first: CONGESTED,
    second: ANSWERS,
    disposition: 'congestion',
    endedBy: 'pbx',
    cause: ['first', { q850: 34, sip: 503 }],
  },
  {
    what: 'the way to the second is congested',
    first: ANSWERS,
    second: CONGESTED,
    disposition: 'congestion',
    endedBy: 'pbx',
    cause: ['second', { q850: 34, sip: 503 }],
  },
  {
    what: 'the first phone is switched to do not disturb',
    first: { behaviour: 'unavailable' },
    second: ANSWERS,
    disposition: 'no_answer',
    endedBy: 'pbx',
    cause: ['first', { q850: 19, sip: 480 }],
  },
  {
    what: 'the first answers late, and the second soon hangs up',
    first: ANSWERS_LATE,
    second: SHORT_OF_WORDS,
    disposition: 'answered',
    endedBy: 'second',
  },
  {
    what: 'the second answers late, and the first hangs up',
    first: { answerAfterMs: 100, hangUpAfterMs: 2500 },
    second: ANSWERS_LATE,
    disposition: 'answered',
    endedBy: 'first',
  },
  {
    what: 'we hang up while both talk, though the second was slow',
    first: ANSWERS,
    second: ANSWERS_LATE,
    weEndIt: bothTalk,
    disposition: 'answered',
    endedBy: 'api',
  },
  {
    what: 'the first is busy at once',
    first: BUSY_AT_ONCE,
    second: ANSWERS,
    disposition: 'busy',
    endedBy: 'first',
    cause: ['first', { q850: 17, sip: 486, text: 'User busy' }],
  },
  {
    what: 'the second is busy at once',
    first: ANSWERS,
    second: BUSY_AT_ONCE,
    disposition: 'busy',
    endedBy: 'second',
    cause: ['second', { q850: 17, sip: 486, text: 'User busy' }],
  },
];
