import type { Fault } from '../../../contract/call-words.ts';
import type { Told } from '../diagnosis.ts';

/** A situation that the field knows. The first that fits is the diagnosis. */
export interface Situation {
  /** A stable word. */
  readonly code: string;
  /** When it fits, for the page of all diagnoses. */
  readonly when: string;
  /** Who can put it right. */
  readonly fault: Fault;
  readonly fits: (told: Told) => boolean;
  readonly says: (told: Told) => string;
  readonly remedy: (told: Told) => string;
}

/** Text of others as a sentence. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** A sentence that goes on with the words of others, where there are any. */
export function inWords(says: string, words: string): string {
  return words.trim() === '' ? `${says}.` : `${says}: ${sentence(words)}`;
}

/** The PBX, as it stands within a sentence. */
export function pbxOf({ pbxName }: Told): string {
  return pbxName === undefined ? 'the PBX' : `the PBX ${pbxName}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `12.3 s`; in words where the clock was set back in between. */
export function seconds(fromMicros: number, toMicros: number): string {
  if (toMicros < fromMicros) return 'a time that is not known';
  return `${((toMicros - fromMicros) / 1_000_000).toFixed(1)} s`;
}

export const SEE_PBX_CALLS = "See the PBX's own list of calls.";
export const SEE_PBX_LOG = "Look into the PBX's own log at this time.";
