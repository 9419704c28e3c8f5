/** Time as everything else sees it. Passed in, so that tests can move it. */
export interface Clock {
  /** Unix time in whole microseconds (a safe integer until the year 2255). */
  nowMicros(): number;
  /** Milliseconds on a clock that never steps back; only differences mean something. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  nowMicros: () => Math.round((performance.timeOrigin + performance.now()) * 1000),
  monotonicMs: () => performance.now(),
};

/** Unix time in whole seconds as a string: the form of the documented `utc.time`. */
export function utcTime(micros: number): string {
  return String(Math.floor(micros / 1_000_000));
}

/** RFC 3339 with microseconds, for people and for `/v3`. */
export function rfc3339(micros: number): string {
  const millis = Math.floor(micros / 1000);
  const rest = String(micros - millis * 1000).padStart(3, '0');
  return new Date(millis).toISOString().replace('Z', `${rest}Z`);
}
