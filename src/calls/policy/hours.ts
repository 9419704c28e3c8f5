/** A part of the week: `Mon-Fri 08:00-18:00`. */
interface Hours {
  /** 0 is Monday. */
  readonly days: ReadonlySet<number>;
  /** Minutes since midnight; an end that is not after the start is one of the next day. */
  readonly from: number;
  readonly to: number;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const HOURS = /^([A-Za-z,-]{3,40}) ([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})$/;
const DAY_MINUTES = 24 * 60;

/** Undefined where the text is no part of a week. */
export function readHours(text: string): Hours | undefined {
  const [, days = '', from = '', to = ''] = HOURS.exec(text) ?? [];
  const read = { days: daysOf(days), from: minutesOf(from), to: minutesOf(to) };
  if (read.days === undefined || read.from === undefined || read.to === undefined) return undefined;
  return { days: read.days, from: read.from, to: read.to };
}

/** Whether a time is in one of the parts of the week. Texts that are none were refused when they were given. */
export function isWithin(hours: readonly string[], zone: string | null, atMicros: number): boolean {
  const { day, minute } = weekTime(zone, atMicros);
  return hours.some((text) => {
    const read = readHours(text);
    if (read === undefined) return false;
    const { days, from, to } = read;
    if (from < to) return days.has(day) && minute >= from && minute < to;
    return (days.has(day) && minute >= from) || (days.has((day + 6) % 7) && minute < to);
  });
}

/** Where in its week a time is, as the clocks of that zone show it; null: UTC. */
export function weekTime(zone: string | null, atMicros: number): { day: number; minute: number } {
  const parts = formatOf(zone ?? 'UTC').formatToParts(atMicros / 1000);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const minute = Number(part('hour')) * 60 + Number(part('minute'));
  return { day: DAYS.indexOf(part('weekday').toLowerCase()), minute };
}

export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Made once for each zone, of which there are some hundreds: making one takes longer than all the rest. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}

function daysOf(text: string): ReadonlySet<number> | undefined {
  const days = new Set<number>();
  for (const range of text.toLowerCase().split(',')) {
    const [from = '', to = from, ...more] = range.split('-');
    const [first, last] = [DAYS.indexOf(from), DAYS.indexOf(to)];
    if (first < 0 || last < 0 || more.length > 0) return undefined;
    for (let day = first; ; day = (day + 1) % 7) {
      days.add(day);
      if (day === last) break;
    }
  }
  return days;
}

function minutesOf(text: string): number | undefined {
  const [hour, minute] = text.split(':').map(Number);
  if (hour === undefined || minute === undefined) return undefined;
  const minutes = hour * 60 + minute;
  return minute < 60 && minutes <= DAY_MINUTES ? minutes : undefined;
}
