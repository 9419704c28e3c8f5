import type { Fault } from '../../../contract/call-words.ts';
import type { Told } from '../diagnosis.ts';

/** A situation that the field knows. The first that fits is the diagnosis. */
export interface Situation {
  readonly code: string;
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
