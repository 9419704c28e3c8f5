import { isOver } from '../calls/life.ts';
import type { CallRecord, Journal } from './ports.ts';
import type { TrackCalls } from './track-calls.ts';

const LOOK_AGAIN_MS = 60_000;

/**
 * A call as it stands, and again each time that something is told of it, until it is over.
 * @param signal ends it early; so does the end of this process's tending of the call
 */
export async function* followCall(
  callId: string,
  { calls, journal }: { readonly calls: TrackCalls; readonly journal: Journal },
  signal: AbortSignal,
): AsyncGenerator<CallRecord> {
  const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  let told = -1;
  while (!signal.aborted) {
    // Before it is read: what ends between the two is seen.
    const isTended = calls.has(callId);
    const call = await journal.callById(callId);
    if (call === undefined) return;
    if (call.life.told > told) yield call;
    ({ told } = call.life);
    if (isOver(call.life) || !isTended) return;
    await Promise.race([calls.waitFor(callId, (life) => life.told > told, LOOK_AGAIN_MS), aborted]);
  }
}
