import { maskKeys } from '../access/key-text.ts';

const CHARACTERS_MAX = 500;
/** Control characters, and those that turn the direction of text. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu;

/** The beginning of what a stranger's server said: one line of text, bounded, with no secret of ours that it repeats. */
export function excerptOf(text: string): string {
  const line = text.replace(UNSHOWN, ' ').replace(/\s+/g, ' ').trim();
  const shown = maskKeys(line);
  return shown.length > CHARACTERS_MAX ? `${shown.slice(0, CHARACTERS_MAX - 1).toWellFormed()}…` : shown;
}
