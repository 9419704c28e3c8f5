import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Keeps what is read where it is on the screen while rows come on top of it. Whoever is at the top of the list sees them come.
 * @param added how many have come on top so far
 * @param height that of a row, in pixels
 */
export function useKeptPlace(list: RefObject<HTMLElement | null>, added: number, height: number): void {
  const before = useRef(added);
  useLayoutEffect(() => {
    const come = added - before.current;
    before.current = added;
    if (come > 0 && (list.current?.getBoundingClientRect().top ?? 0) < 0) window.scrollBy(0, come * height);
  }, [list, added, height]);
}
