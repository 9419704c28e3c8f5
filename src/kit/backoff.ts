/**
 * Growing gaps between attempts, with jitter, so that a restarted peer is not met by everybody at once.
 * @returns milliseconds before attempt number `attempt` (from 0): at least half, at most the whole of the doubled gap.
 */
export function backoffMs(
  attempt: number,
  firstMs: number,
  mostMs: number,
  random: () => number = Math.random,
): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 30));
  return whole / 2 + (whole / 2) * random();
}
