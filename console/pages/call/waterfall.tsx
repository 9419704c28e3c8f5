import type { Call } from '../../../contract/v3/call.ts';
import { secondsText } from '../../parts/moments.ts';
import { phasesOf, reachOf } from './phases.ts';

/** Where the time of a call went: each part as long as it lasted, one under the other. */
export function Waterfall({ call, nowMicros }: { readonly call: Call; readonly nowMicros: number }) {
  const phases = phasesOf(call, nowMicros);
  const reach = reachOf(phases) || 1;
  const percent = (seconds: number) => `${(Math.min(seconds, reach) / reach) * 100}%`;
  return (
    <ol className="waterfall" aria-label="Where the time went">
      {phases.map(({ name, says, kind, from, to, isLive }) => (
        <li key={name} className="phase" title={says}>
          <span className="phase-name">{name}</span>
          <span className="phase-track" aria-hidden>
            <span
              className={`phase-bar phase-${kind}${isLive ? ' phase-live' : ''}${to > reach ? ' phase-cut' : ''}`}
              style={{ marginLeft: percent(from), width: percent(Math.min(to, reach) - from) }}
            />
          </span>
          <span className="phase-time numbers">{secondsText(to - from)}</span>
        </li>
      ))}
    </ol>
  );
}
