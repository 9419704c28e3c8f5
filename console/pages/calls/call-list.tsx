import { useEffect, useRef, useState } from 'react';
import type { Call } from '../../../contract/v3/call.ts';
import { CallRow, HEADS } from './call-row.tsx';
import { useKeptPlace } from './use-kept-place.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useRowLinks } from './use-row-links.ts';
import { useRowsInSight } from './use-rows-in-sight.ts';

/** Heights of a row, in pixels, as calls.css has them. */
const ROW = { wide: 40, narrow: 64 } as const;
/** So many rows before its end, the list is read on: whoever scrolls does not see it end. */
const READ_AHEAD = 150;
const NARROW = '(max-width: 719px)';

/** Rows of calls, of which only those in sight stand in the page: a list may be a million long. */
export function CallList({
  calls,
  added,
  hasMore,
  isReading,
  readMore,
}: {
  readonly calls: readonly Call[];
  /** How many of them came on top since the list was read. */
  readonly added: number;
  readonly hasMore: boolean;
  readonly isReading: boolean;
  readonly readMore: () => void;
}) {
  const body = useRef<HTMLOListElement>(null);
  const height = useIsNarrow() ? ROW.narrow : ROW.wide;
  const { first, end, show } = useRowsInSight(body, calls.length, height);
  useKeptPlace(body, added, height);
  useEffect(() => {
    if (hasMore && !isReading && end >= calls.length - READ_AHEAD) readMore();
  }, [hasMore, isReading, end, calls.length, readMore]);
  useRowKeys(body, calls.length, show);
  const hrefOf = useRowLinks(body);
  const setSize = hasMore ? -1 : calls.length;
  return (
    <div className="calls">
      {/* Each row says what it is by itself. */}
      <div className="calls-heads calls-row" aria-hidden>
        {HEADS.map((head) => (
          <span key={head}>{head}</span>
        ))}
      </div>
      <ol
        className="calls-body"
        aria-label="Calls"
        ref={body}
        style={{ height: calls.length * height, paddingTop: first * height }}
      >
        {calls.slice(first, end).map((call, place) => (
          <CallRow key={call.id} call={call} href={hrefOf(call.id)} index={first + place} setSize={setSize} />
        ))}
      </ol>
      {hasMore && <p className="calls-more muted small">Reading on …</p>}
    </div>
  );
}

function useIsNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const media = matchMedia(NARROW);
    const change = () => setNarrow(media.matches);
    media.addEventListener('change', change);
    return () => media.removeEventListener('change', change);
  }, []);
  return isNarrow;
}
