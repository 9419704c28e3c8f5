import { rfc3339 } from '../../src/kit/clock.ts';

/** Seconds, as long as they need to be: `0.052 s`, `12.4 s`, `3 min 05 s`. */
export function secondsText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(3)} s`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const [minutes, rest] = [Math.floor(seconds / 60), Math.floor(seconds % 60)];
  if (minutes < 60) return `${minutes} min ${String(rest).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** The same where tenths of a second are enough. */
export function briefSeconds(seconds: number): string {
  return seconds < 60 ? `${seconds.toFixed(1)} s` : secondsText(seconds);
}

/** A time of day with its microseconds, in UTC, as the journal has it. */
export function exactTime(micros: number): string {
  return rfc3339(micros).replace('T', ' ').replace('Z', ' UTC');
}

/** Ends of lines stay; every other control character is shown as what it is, and what would turn the text around is not obeyed. */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{Cc}\n\t]/gu, pictureOf)
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');
}

/** Unicode has a picture for each of the first 32. */
function pictureOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x20 ? String.fromCodePoint(0x2400 + code) : '\uFFFD';
}
