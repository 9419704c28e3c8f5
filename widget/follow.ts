import type { Call } from '../contract/v3/call.ts';
import type { CallEvent } from '../contract/v3/event.ts';
import { Refused, type Server } from './server.ts';

const AGAIN_MS = 2_000;
/** A stream says something as soon as it is open. Where nothing comes, somebody on the way holds it back. */
const SILENT_MS = 4_000;

export function isOver({ state }: Call): boolean {
  return state === 'ended' || state === 'unknown';
}

/**
 * Tells each state of a call until it is over: by its stream of events, and by asking again where no stream is to be had.
 * @throws Refused where the key may not see the call any more
 */
export async function follow(
  server: Server,
  call: Call,
  signal: AbortSignal,
  tell: (call: Call) => void,
): Promise<void> {
  let now = call;
  let hasStreams = true;
  const heard = (next: Call) => {
    now = next;
    if (!signal.aborted) tell(next);
  };
  while (!isOver(now) && !signal.aborted) {
    if (hasStreams) hasStreams = await listen(server, now, signal, heard);
    if (isOver(now) || signal.aborted) return;
    await server.read(now.id, signal).then(heard, unlessForGood);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** What passes is waited for. */
function unlessForGood(error: unknown): void {
  const status = error instanceof Refused ? (error.problem?.status ?? 0) : 0;
  if (status >= 400 && status < 429) throw error;
}

/** @returns whether it is worth to listen again */
async function listen(
  server: Server,
  call: Call,
  signal: AbortSignal,
  heard: (call: Call) => void,
): Promise<boolean> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), SILENT_MS);
  try {
    const stop = AbortSignal.any([signal, silence.signal]);
    const { ok, body } = await server.events(call.id, call.last_event, stop);
    if (!ok || body === null) return false;
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(timer);
      const messages = (rest + part.value).split('\n\n');
      rest = messages.pop() ?? '';
      for (const message of messages) {
        const data = /^data: ?(.*)$/m.exec(message)?.[1];
        if (data !== undefined) heard((JSON.parse(data) as CallEvent).call);
      }
    }
    return true;
  } catch {
    return !silence.signal.aborted;
  } finally {
    clearTimeout(timer);
  }
}
