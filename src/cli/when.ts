import { rfc3339 } from '../kit/clock.ts';
import { wrongInput } from './failure.ts';

const UNIT_MICROS: Readonly<Record<string, number>> = { m: 60e6, h: 3_600e6, d: 86_400e6 };

/** So long as `90m`, `12h` or `30d` say, in microseconds; undefined for any other text. */
export function microsIn(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const each = UNIT_MICROS[unit];
  return each === undefined || Number(count) === 0 ? undefined : Number(count) * each;
}

/** A time from now on (`30d`) as RFC 3339; anything else as it was typed, for whoever reads times. */
export function timeFrom(nowMicros: number, text: string): string {
  const micros = microsIn(text);
  return micros === undefined ? text : rfc3339(nowMicros + micros);
}

/** @throws CommandFailed */
export function durationOf(option: string, text: string): number {
  const micros = text === '0' ? 0 : microsIn(text);
  if (micros === undefined)
    throw wrongInput(
      `${option} can not be ${JSON.stringify(text)}; give minutes, hours or days such as 90m, 12h or 7d.`,
    );
  return micros;
}
