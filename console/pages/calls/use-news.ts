import { useEffect, useRef, useState } from 'react';
import type { Call } from '../../../contract/v3/call.ts';
import { useCallEvents } from '../../api/events.ts';

/** So long news are gathered, in milliseconds: a busy account tells of hundreds of events a second. */
const GATHER_MS = 200;

/** What was told of calls since the page was opened: the last of each, by their ids. */
export function useNews(): ReadonlyMap<string, Call> {
  const [news, setNews] = useState<ReadonlyMap<string, Call>>(new Map());
  const gathered = useRef(new Map<string, Call>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useCallEvents('/v3/events', ({ call }) => {
    gathered.current.set(call.id, call);
    timer.current ??= setTimeout(() => {
      const told = gathered.current;
      gathered.current = new Map();
      timer.current = undefined;
      setNews((before) => new Map([...before, ...told]));
    }, GATHER_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return news;
}
