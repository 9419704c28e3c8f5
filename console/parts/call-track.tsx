import { Check, Phone, PhoneCall, PhoneOff } from 'lucide-react';
import type { Call } from '../../contract/v3/call.ts';
import { useSecondsSince } from '../ui/use-seconds-since.ts';

type Leg = Call['legs'][number];
type Look = 'still' | 'ringing' | 'up' | 'gone' | 'done';

/** Two phones and the way between them. What it shows is said in words beside it. */
export function CallTrack({ call }: { readonly call: Call }) {
  const talking = useSecondsSince(call.state === 'connected');
  const [first, second] = call.legs;
  const joined = call.state === 'connected' ? 'up' : call.connected_at === null ? 'still' : 'done';
  return (
    <div className="track" aria-hidden>
      <Side leg={first} number={call.dial_first} />
      <div className={`track-way track-${joined}`}>
        <span className="track-time mono">{wayWords(call, talking)}</span>
      </div>
      <Side leg={second} number={call.dial_second} />
    </div>
  );
}

function wayWords(call: Call, talking: number): string {
  if (call.state === 'connected') return clock(talking);
  return call.talk_seconds === null ? '' : clock(call.talk_seconds);
}

/** Minutes and seconds. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

const ICONS = { still: Phone, ringing: PhoneCall, up: PhoneCall, gone: PhoneOff, done: Check } as const;

function Side({ leg, number }: { readonly leg: Leg | undefined; readonly number: string | null }) {
  const look = lookOf(leg);
  const Icon = ICONS[look];
  return (
    <div className="track-side">
      <span className={`track-phone track-${look}`}>
        <Icon size={22} strokeWidth={1.75} />
      </span>
      <span className="track-number mono">{leg?.number ?? number}</span>
    </div>
  );
}

function lookOf(leg: Leg | undefined): Look {
  if (leg === undefined || leg.state === 'planned' || leg.state === 'asked') return 'still';
  if (leg.state === 'ringing') return 'ringing';
  if (leg.state === 'answered') return 'up';
  return leg.answered_at === null ? 'gone' : 'done';
}
