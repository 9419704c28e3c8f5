import type { Call } from '../../../contract/v3/call.ts';
import { secondsText } from '../../parts/moments.ts';

type Leg = Call['legs'][number];

const STATES: Readonly<Record<Leg['state'], string>> = {
  planned: 'never asked to ring',
  asked: 'asked to ring',
  ringing: 'ringing',
  answered: 'picked up',
  ended: 'over',
};

/** What is known of each of the two phones. */
export function Legs({ call }: { readonly call: Call }) {
  return (
    <div className="legs">
      {call.legs.map((leg) => (
        <section
          key={leg.side}
          className="leg"
          aria-label={leg.side === 'first' ? 'First phone' : 'Second phone'}
        >
          <h3>
            {leg.side === 'first' ? 'First' : 'Second'} <span className="mono">{leg.number ?? '?'}</span>
          </h3>
          <dl className="leg-facts">
            {factsOf(leg, call).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="numbers">{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function factsOf(leg: Leg, call: Call): (readonly [string, string])[] {
  const after = (at: string | null): string | undefined =>
    at === null ? undefined : `+${secondsText((Date.parse(at) - Date.parse(call.asked_at)) / 1000)}`;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['State', STATES[leg.state]],
    ['Asked', after(leg.asked_at)],
    ['Rang', after(leg.ringing_at)],
    ['Picked up', after(leg.answered_at)],
    ['Hung up', after(leg.hung_up_at)],
    ['Over', after(leg.ended_at)],
    ['Talked', leg.talk_seconds === null ? undefined : secondsText(leg.talk_seconds)],
    ['Cause', leg.cause === null ? undefined : causeText(leg.cause)],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function causeText({ q850, sip, text }: NonNullable<Leg['cause']>): string {
  const numbers = [sip === null ? '' : `SIP ${sip}`, q850 === null ? '' : `Q.850 ${q850}`].filter(Boolean);
  return [text, numbers.join(', ')].filter(Boolean).join(' · ');
}
