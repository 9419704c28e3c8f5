import { useRouter } from '@tanstack/react-router';
import { type RefObject, useEffect } from 'react';

/**
 * Makes plain links to calls what links of the console are: the page is changed, and not loaded anew. One listener for all of
 * them: a list that is scrolled fast makes hundreds a second.
 * @param list what holds the links; each has the call's id in `data-call`
 * @returns where the link of a call leads to
 */
export function useRowLinks(list: RefObject<HTMLElement | null>): (id: string) => string {
  const router = useRouter();
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const follow = (event: MouseEvent) => {
      const id = callAt(event.target);
      if (id === undefined || !isPlain(event)) return;
      event.preventDefault();
      void router.navigate({ to: '/calls/$id', params: { id } });
    };
    // The page of a call is fetched when somebody first comes near one.
    const prepare = ({ target }: Event) => {
      const id = callAt(target);
      if (id !== undefined) void router.preloadRoute({ to: '/calls/$id', params: { id } });
    };
    const ends = new AbortController();
    const { signal } = ends;
    element.addEventListener('click', follow, { signal });
    element.addEventListener('mouseover', prepare, { signal, once: true });
    element.addEventListener('focusin', prepare, { signal, once: true });
    return () => ends.abort();
  }, [list, router]);
  return (id) => `${router.basepath}/calls/${id}`;
}

function callAt(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-call]')?.dataset['call'] : undefined;
}

/** Whether it is for this page: with a key or another button the browser opens a tab, or a window. */
function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey && !defaultPrevented;
}
