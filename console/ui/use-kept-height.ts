import { useLayoutEffect, useRef, type RefObject } from 'react';

/** Keeps an element as high as it once was, for as long as its width stays: what leaves it moves nothing below it. */
export function useKeptHeight<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null);
  useLayoutEffect(() => {
    const kept = element.current;
    if (kept === null) return;
    let width = kept.clientWidth;
    const observer = new ResizeObserver(() => {
      if (kept.clientWidth !== width) kept.style.minHeight = '';
      width = kept.clientWidth;
      kept.style.minHeight = `${kept.offsetHeight}px`;
    });
    observer.observe(kept);
    return () => observer.disconnect();
  }, []);
  return element;
}
