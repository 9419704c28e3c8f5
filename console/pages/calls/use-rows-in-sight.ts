import { type RefObject, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** So many rows above and below those in sight stand in the page too: what is scrolled to is there before it is drawn. */
const BEYOND = 10;
/** The rows that stand change when so many pixels have gone by, and not with each. */
const STEP = 160;

interface RowsInSight {
  /** The first row that stands in the page, counted from 0. */
  readonly first: number;
  /** The one after the last. */
  readonly end: number;
  /** Scrolls as far as it takes for a row to stand in the page. */
  readonly show: (index: number) => void;
}

/**
 * Which rows of a list are to stand in the page. All are of one height, so nothing is measured while one scrolls.
 * @param list what holds the rows, and is as high as all of them together
 * @param height that of a row, in pixels
 */
export function useRowsInSight(
  list: RefObject<HTMLElement | null>,
  count: number,
  height: number,
): RowsInSight {
  const top = useTop(list);
  const [scrolled, setScrolled] = useState(stepsScrolled);
  const [room, setRoom] = useState(() => window.innerHeight);
  useLayoutEffect(() => {
    // In the same frame: a browser that is ahead of its page shows an empty list.
    const look = () => flushSync(() => setScrolled(stepsScrolled()));
    const measure = () => setRoom(window.innerHeight);
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', measure);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', measure);
    };
  }, []);
  const seen = Math.ceil((STEP + room) / height);
  const highest = Math.min(Math.floor((scrolled - top) / height), count - seen);
  return {
    first: Math.max(0, highest - BEYOND),
    end: Math.min(count, Math.max(0, highest) + seen + BEYOND),
    show: (index) => {
      // One row more: the heads of the columns stay above the rows, and there is something to go on to below.
      const head = top + (index - 1) * height;
      const foot = top + (index + 2) * height - window.innerHeight;
      if (window.scrollY > head) window.scrollTo(0, head);
      else if (window.scrollY < foot) window.scrollTo(0, foot);
    },
  };
}

function stepsScrolled(): number {
  return Math.floor(window.scrollY / STEP) * STEP;
}

/** How far below the top of the page an element begins. */
function useTop(element: RefObject<HTMLElement | null>): number {
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
