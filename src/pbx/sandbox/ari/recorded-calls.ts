/** How a phone takes its call. */
export type PhoneFate = 'answers' | 'leaves' | 'busy' | 'declines' | 'congested' | 'silent' | 'absent';

/** A call made step by step over ARI, and what its channels told: as an Asterisk 22.10.1 with SIP phones tells it. */
export interface RecordedCall {
  readonly what: string;
  /** Dialled straight, or through the dialplan. */
  readonly first: PhoneFate;
  readonly firstBy: 'PJSIP' | 'Local';
  /** Made, joined with the first and dialled when that has answered. */
  readonly second?: PhoneFate;
  readonly secondBy?: 'PJSIP' | 'Local';
  /** We end this channel as soon as it rings, or talks. */
  readonly weEnd?: { readonly channel: 'first' | 'second'; readonly at: 'RINGING' | 'ANSWER' };
  /** What each channel told, in its own order; between channels there is none. `phone`: what the dialplan dials. */
  readonly told: Readonly<Record<string, readonly string[]>>;
}

const RINGS = ["Dial ''", 'Dial RINGING'];
const ANSWERS = [...RINGS, 'Dial ANSWER'];
const SOFT = 'ChannelHangupRequest 32 soft';
const FAR_ENDS = ['ChannelHangupRequest 16 soft'];

export const RECORDED_CALLS: readonly RecordedCall[] = [
  {
    what: 'a first phone is busy',
    first: 'busy',
    firstBy: 'PJSIP',
    told: {
      first: [...RINGS, 'ChannelHangupRequest 17 tech 486', 'Dial BUSY', 'ChannelDestroyed 17 tech 486'],
    },
  },
  {
    what: 'a first phone declines',
    first: 'declines',
    firstBy: 'PJSIP',
    told: {
      first: [...RINGS, 'ChannelHangupRequest 21 tech 603', 'Dial NOANSWER', 'ChannelDestroyed 21 tech 603'],
    },
  },
  {
    what: 'a first phone is silent',
    first: 'silent',
    firstBy: 'PJSIP',
    told: { first: [...RINGS, 'ChannelDestroyed 19 tech 480'] },
  },
  {
    what: 'we end the call of a first phone that rings',
    first: 'silent',
    firstBy: 'PJSIP',
    weEnd: { channel: 'first', at: 'RINGING' },
    told: { first: [...RINGS, SOFT, 'Dial NOANSWER', 'ChannelDestroyed 16'] },
  },
  {
    what: 'a first phone answers and leaves',
    first: 'leaves',
    firstBy: 'PJSIP',
    told: { first: [...ANSWERS, 'StasisStart', 'ChannelHangupRequest', 'StasisEnd', 'ChannelDestroyed 0'] },
  },
  {
    what: 'a first phone behind the dialplan is busy',
    first: 'busy',
    firstBy: 'Local',
    told: {
      first: [...RINGS, 'Dial BUSY', 'ChannelDestroyed 0'],
      phone: [...RINGS, 'ChannelHangupRequest 17 tech 486', 'Dial BUSY', 'ChannelDestroyed 17 tech 486'],
      far: ['ChannelHangupRequest 0', ...FAR_ENDS, 'ChannelDestroyed 17'],
    },
  },
  {
    what: 'a first phone behind the dialplan declines',
    first: 'declines',
    firstBy: 'Local',
    told: {
      first: [...RINGS, 'Dial CONGESTION', 'ChannelDestroyed 0'],
      phone: [...RINGS, 'ChannelHangupRequest 21 tech 603', 'Dial NOANSWER', 'ChannelDestroyed 21 tech 603'],
      far: ['ChannelHangupRequest 0', ...FAR_ENDS, 'ChannelDestroyed 34'],
    },
  },
  {
    what: 'a first phone behind the dialplan is not registered',
    first: 'absent',
    firstBy: 'Local',
    told: {
      first: ["Dial ''", 'Dial CONGESTION', 'ChannelDestroyed 0'],
      far: ['ChannelHangupRequest 0', ...FAR_ENDS, 'ChannelDestroyed 34'],
    },
  },
  {
    what: 'a first phone behind the dialplan answers and leaves',
    first: 'leaves',
    firstBy: 'Local',
    told: {
      first: [...ANSWERS, 'StasisStart', 'ChannelHangupRequest 16', 'StasisEnd', 'ChannelDestroyed 16'],
      phone: [...ANSWERS, 'ChannelHangupRequest 16', 'ChannelDestroyed 16'],
      far: [...FAR_ENDS, 'ChannelDestroyed 16'],
    },
  },
  {
    what: 'a second phone is busy',
    first: 'answers',
    firstBy: 'PJSIP',
    second: 'busy',
    secondBy: 'PJSIP',
    told: {
      second: [
        'StasisStart',
        ...RINGS,
        'ChannelHangupRequest 17 tech 486',
        'StasisEnd',
        'ChannelDestroyed 17 tech 486',
      ],
    },
  },
  {
    what: 'a second phone is silent',
    first: 'answers',
    firstBy: 'PJSIP',
    second: 'silent',
    secondBy: 'PJSIP',
    told: { second: ['StasisStart', ...RINGS, SOFT, 'StasisEnd', 'ChannelDestroyed 19 tech 480'] },
  },
  {
    what: 'a second phone behind the dialplan declines, and we end it at the tone',
    first: 'answers',
    firstBy: 'PJSIP',
    second: 'declines',
    secondBy: 'Local',
    told: { second: ['StasisStart', ...RINGS, 'Dial CONGESTION', SOFT, 'StasisEnd', 'ChannelDestroyed 16'] },
  },
  {
    what: 'a second phone behind the dialplan is not registered, and we end it at the tone',
    first: 'answers',
    firstBy: 'PJSIP',
    second: 'absent',
    secondBy: 'Local',
    told: { second: ['StasisStart', "Dial ''", 'Dial CONGESTION', SOFT, 'StasisEnd', 'ChannelDestroyed 16'] },
  },
  {
    what: 'a second phone behind the dialplan is silent',
    first: 'answers',
    firstBy: 'PJSIP',
    second: 'silent',
    secondBy: 'Local',
    told: { second: ['StasisStart', ...RINGS, SOFT, 'StasisEnd', 'ChannelDestroyed 19'] },
  },
  {
    what: 'a second phone behind the dialplan answers and leaves',
    first: 'answers',
    firstBy: 'PJSIP',
    second: 'leaves',
    secondBy: 'Local',
    told: {
      second: ['StasisStart', ...ANSWERS, 'ChannelHangupRequest 16', 'StasisEnd', 'ChannelDestroyed 16'],
    },
  },
];
