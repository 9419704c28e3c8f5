import { memo } from 'react';
import type { Call } from '../../../contract/v3/call.ts';
import { CallStatus } from '../../ui/call-status.tsx';
import { Time } from '../../ui/time.tsx';
import { briefSeconds, visibleText } from '../../parts/moments.ts';

export const HEADS = ['Numbers', 'Outcome', 'Asked for', 'PBX', 'Reference', 'Talk'] as const;

/**
 * One call in a line; on a phone in two. The whole of it leads to the call. Rows come and go with each frame while one scrolls:
 * every element of one counts.
 */
export const CallRow = memo(function CallRow({
  call,
  href,
  index,
  setSize,
}: {
  readonly call: Call;
  readonly href: string;
  readonly index: number;
  /** How many there are in all; -1: that is not known yet. */
  readonly setSize: number;
}) {
  const { id, dial_first: first, dial_second: second, talk_seconds: talk } = call;
  return (
    <li className="calls-row" aria-posinset={index + 1} aria-setsize={setSize}>
      <a href={href} data-call={id} data-index={index} className="calls-link">
        {visibleText(`${first ?? '?'} → ${second ?? '?'}`)}
      </a>
      <CallStatus call={call} />
      <Time at={call.asked_at} />
      <span className="calls-pbx">{visibleText(call.pbx ?? '')}</span>
      <span className="calls-reference">{visibleText(call.reference ?? '')}</span>
      <span className="calls-talk">{talk === null ? '' : briefSeconds(talk)}</span>
    </li>
  );
});
