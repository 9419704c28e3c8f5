/** Time as everything else sees it. Passed in, so that tests can move it. */
export interface Clock {
  /** Unix time in whole microseconds (a safe integer until the year 2255). */
  nowMicros(): number;
  /** Milliseconds on a clock that never steps back; only differences mean something. */
  monotonicMs(): number;
}

const DRIFT_MS_MAX = 2;
let anchorMs = performance.timeOrigin;

/** The machine's own time, of which it tells milliseconds alone, made finer by the monotonic clock. */
function nowMicros(): number {
  const wallMs = Date.now();
  // A machine that slept, or whose time was set, is followed: the monotonic clock knows nothing of either.
  if (Math.abs(wallMs - anchorMs - performance.now()) > DRIFT_MS_MAX) anchorMs = wallMs - performance.now();
  return Math.round((anchorMs + performance.now()) * 1000);
}

export const systemClock: Clock = {
  nowMicros,
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

/** The same of a time that may not be known; null where it is not. */
export function rfc3339OrNull(micros: number | undefined): string | null {
  return micros === undefined ? null : rfc3339(micros);
}

/** The microseconds of an RFC 3339 time, however many of its digits are given; undefined where it is none. */
export function microsOf(text: string): number | undefined {
  const [, seconds, fraction = '', offset] = RFC3339.exec(text) ?? [];
  const millis = Date.parse(`${seconds}${offset}`);
  return Number.isNaN(millis) ? undefined : millis * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

const RFC3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/;
