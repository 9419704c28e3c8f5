import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';

/** A row that was out of sight stands in the page after a frame, or two; after so many it has gone. */
const FRAMES_MAX = 20;

/** `j` and `k`, or the arrow keys in a row, go from one row to the next; Enter opens it, since its link has the focus. */
export function useRowKeys(
  body: RefObject<HTMLElement | null>,
  count: number,
  scrollTo: (index: number) => void,
): void {
  /** Where the focus is about to be: whoever types fast does not wait for frames. */
  const wanted = useRef<number>(undefined);
  const focus = (index: number, frames: number): void => {
    requestAnimationFrame(() => {
      if (wanted.current !== index) return;
      const row = body.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
      if ((row === undefined || row === null) && frames > 0) return focus(index, frames - 1);
      wanted.current = undefined;
      row?.focus();
    });
  };
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    const at = wanted.current ?? indexOf(document.activeElement, body.current);
    const step = { j: 1, k: -1, ...(at === undefined ? {} : { ArrowDown: 1, ArrowUp: -1 }) }[event.key];
    if (step === undefined || count === 0) return;
    event.preventDefault();
    const next = at === undefined ? 0 : Math.min(Math.max(at + step, 0), count - 1);
    scrollTo(next);
    wanted.current = next;
    focus(next, FRAMES_MAX);
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
