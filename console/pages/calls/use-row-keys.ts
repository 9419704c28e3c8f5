import { type RefObject, useEffect, useEffectEvent } from 'react';

/** `j` and `k`, or the arrow keys in a row, go from one row to the next; Enter opens it, since its link has the focus. */
export function useRowKeys(
  body: RefObject<HTMLElement | null>,
  count: number,
  scrollTo: (index: number) => void,
): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    const at = indexOf(document.activeElement, body.current);
    const step = { j: 1, k: -1, ...(at === undefined ? {} : { ArrowDown: 1, ArrowUp: -1 }) }[event.key];
    if (step === undefined || count === 0) return;
    event.preventDefault();
    const next = at === undefined ? 0 : Math.min(Math.max(at + step, 0), count - 1);
    scrollTo(next);
    // A row that was out of sight stands in the page with the next frame.
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

function indexOf(focused: Element | null, body: HTMLElement | null): number | undefined {
  if (!(focused instanceof HTMLElement) || body?.contains(focused) !== true) return undefined;
  const { index } = focused.dataset;
  return index === undefined ? undefined : Number(index);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName))
  );
}
