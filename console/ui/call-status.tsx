import {
  Ban,
  BellOff,
  BellRing,
  Check,
  CircleDashed,
  CircleHelp,
  type LucideIcon,
  Minus,
  PhoneCall,
  PhoneOff,
  TriangleAlert,
  Unplug,
  X,
} from 'lucide-react';
import type { Call } from '../../contract/v3/call.ts';
import type { CallState, Disposition } from '../../contract/call-words.ts';
import { Badge, type Tone } from './badge.tsx';

interface Shown {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly word: string;
}

/** What a call is at. */
export const STATES: Readonly<Record<Exclude<CallState, 'ended'>, Shown>> = {
  originating: { tone: 'live', icon: CircleDashed, word: 'Placing' },
  ringing_first: { tone: 'live', icon: BellRing, word: 'Ringing first' },
  answered_first: { tone: 'live', icon: PhoneCall, word: 'First answered' },
  ringing_second: { tone: 'live', icon: BellRing, word: 'Ringing second' },
  connected: { tone: 'good', icon: PhoneCall, word: 'Connected' },
  unknown: { tone: 'doubt', icon: CircleHelp, word: 'Not known' },
};

/** What a call came to. */
export const DISPOSITIONS: Readonly<Record<Disposition, Shown>> = {
  answered: { tone: 'good', icon: Check, word: 'Answered' },
  busy: { tone: 'warn', icon: Minus, word: 'Busy' },
  declined: { tone: 'warn', icon: PhoneOff, word: 'Declined' },
  no_answer: { tone: 'warn', icon: BellOff, word: 'No answer' },
  unavailable: { tone: 'bad', icon: Unplug, word: 'Unavailable' },
  congestion: { tone: 'bad', icon: TriangleAlert, word: 'Congestion' },
  cancelled: { tone: 'calm', icon: Ban, word: 'Cancelled' },
  failed: { tone: 'bad', icon: X, word: 'Failed' },
  unknown: { tone: 'doubt', icon: CircleHelp, word: 'Not known' },
};

/** Where a call is, or what it came to. */
export function CallStatus({ call }: { readonly call: Pick<Call, 'state' | 'disposition'> }) {
  const { tone, icon, word } =
    call.state === 'ended' ? DISPOSITIONS[call.disposition ?? 'unknown'] : STATES[call.state];
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}
