import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, type RefObject } from 'react';

/**
 * Puts the focus on the content when another page is gone to, as a browser does with a page of its own: who reads by ear hears
 * where they are, and the next Tab is on the page. A page that has put it on a field of its own keeps it there.
 */
export function useFocusOnArrival(): RefObject<HTMLElement | null> {
  const content = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const before = useRef(pathname);
  useEffect(() => {
    const isArrival = before.current !== undefined && before.current !== pathname;
    before.current = pathname;
    const { activeElement } = document;
    const isElsewhere =
      activeElement === null || activeElement === document.body || activeElement.closest('nav') !== null;
    if (isArrival && isElsewhere) content.current?.focus({ preventScroll: true });
  }, [pathname]);
  return content;
}
