import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Call } from '../../../contract/v3/call.ts';
import { CallRow, HEADS } from './call-row.tsx';
import { useRowKeys } from './use-row-keys.ts';

/** Heights of a row, in pixels, as calls.css has them. */
const ROW = { wide: 40, narrow: 64 } as const;
/** So many rows before its end, the list is read on. */
const READ_AHEAD = 40;
const NARROW = '(max-width: 719px)';

/** Rows of calls, of which only those in sight stand in the page: a list may be a million long. */
export function CallList({
  calls,
  hasMore,
  isReading,
  readMore,
}: {
  readonly calls: readonly Call[];
  readonly hasMore: boolean;
  readonly isReading: boolean;
  readonly readMore: () => void;
}) {
  const body = useRef<HTMLOListElement>(null);
  const margin = useTop(body);
  const height = useIsNarrow() ? ROW.narrow : ROW.wide;
  // It is not kept from one drawing to the next.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useWindowVirtualizer({
    count: calls.length,
    estimateSize: () => height,
    getItemKey: (index) => calls[index]?.id ?? index,
    overscan: 12,
    scrollMargin: margin,
  });
  useLayoutEffect(() => rows.measure(), [rows, height]);
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isReading && last >= calls.length - READ_AHEAD) readMore();
  }, [hasMore, isReading, last, calls.length, readMore]);
  useRowKeys(body, calls.length, (index) => rows.scrollToIndex(index));
  return (
    <div className="calls">
      {/* Each row says what it is by itself. */}
      <div className="calls-heads calls-row" aria-hidden>
        {HEADS.map((head) => (
          <span key={head}>{head}</span>
        ))}
      </div>
      <ol className="calls-body" aria-label="Calls" ref={body} style={{ height: rows.getTotalSize() }}>
        {items.map(({ key, index, start }) => {
          const call = calls[index];
          const setSize = hasMore ? -1 : calls.length;
          return (
            call && <CallRow key={key} call={call} index={index} top={start - margin} setSize={setSize} />
          );
        })}
      </ol>
      {hasMore && <p className="calls-more muted small">Reading on …</p>}
    </div>
  );
}

/** How far below the top of the page an element begins. */
function useTop(element: { readonly current: HTMLElement | null }): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () =>
      setTop(Math.round((element.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [element]);
  return top;
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
