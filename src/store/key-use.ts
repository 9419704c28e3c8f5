import type { GroupWriter } from './group-writer.ts';

const MINUTE_MICROS = 60_000_000;
/** Keys that are remembered. More in one minute than that are written more than once a minute, and nothing worse. */
const MAX_REMEMBERED = 10_000;

/** Notes when a key was used, at most once a minute a key. Never throws, and nobody waits for it. */
export function keyUse(writer: GroupWriter): (keyId: string, atMicros: number) => void {
  const written = new Map<string, number>();
  return (keyId, atMicros) => {
    const last = written.get(keyId);
    // A distance in both directions, so that a clock that was set back doesn't silence it.
    if (last !== undefined && Math.abs(atMicros - last) < MINUTE_MICROS) return;
    if (written.size >= MAX_REMEMBERED) written.clear();
    written.set(keyId, atMicros);
    // Another process may have noted this minute already.
    writer.submit(['keyUsed', keyId, atMicros, atMicros - MINUTE_MICROS]).catch(() => written.delete(keyId));
  };
}
