const SECONDS = /^\d{1,9}$/;
/** RFC 9110, 5.6.7: what all dates of HTTP end with, two forms that nobody sends any more left out. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * For how long an answer asks to be left alone (RFC 9110, 10.2.3), in microseconds; 0 where it does not, or not in a form that can
 * be read. A date counts from the `Date` of the same answer, since the two clocks need not agree.
 * @param headers names in lower case
 */
export function askedRestMicros(headers: Readonly<Record<string, string>>, nowMicros: number): number {
  const asked = headers['retry-after']?.trim() ?? '';
  if (SECONDS.test(asked)) return Number(asked) * 1_000_000;
  const until = millisOf(asked);
  if (until === undefined) return 0;
  return Math.max(0, (until - (millisOf(headers['date'] ?? '') ?? nowMicros / 1000)) * 1000);
}

function millisOf(date: string): number | undefined {
  const millis = HTTP_DATE.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(millis) ? undefined : millis;
}
