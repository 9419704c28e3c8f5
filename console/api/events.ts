import { useEffect, useEffectEvent } from 'react';
import type { CallEvent } from '../../contract/v3/event.ts';
import { EVENT_TYPES } from '../../contract/call-words.ts';

const TYPES = Object.keys(EVENT_TYPES);

/**
 * Hears what is told at a stream of calls' events until it is let go of. The browser comes back by itself, with the id of
 * the last event that it has: nothing is lost or told twice.
 * @param path `/v3/events`, or that of one call; null: nothing is heard
 */
export function useCallEvents(path: string | null, hear: (event: CallEvent) => void): void {
  const heard = useEffectEvent(hear);
  useEffect(() => {
    if (path === null) return;
    const source = new EventSource(path);
    for (const type of TYPES)
      source.addEventListener(type, ({ data }: MessageEvent<string>) => heard(JSON.parse(data) as CallEvent));
    return () => source.close();
  }, [path]);
}
