import type { CallState, Milestone } from '../../contract/call-words.ts';
import { isOver, type CallLife } from './life.ts';

const REACHED_IN: Readonly<Record<Milestone, readonly CallState[]>> = {
  accepted: ['originating', 'ringing_first', 'answered_first', 'ringing_second', 'connected'],
  ringing: ['ringing_first', 'answered_first', 'ringing_second', 'connected'],
  answered: ['answered_first', 'ringing_second', 'connected'],
  connected: ['connected'],
  ended: [],
};

/** Whether a call, whose order has been answered, is as far as that, or over. */
export function isReached(milestone: Milestone, life: CallLife): boolean {
  return isOver(life) || REACHED_IN[milestone].includes(life.state);
}

/** A PBX takes a moment to say that a phone has stopped ringing. */
const GRACE_MS = 5_000;
const LEGS: Readonly<Record<Milestone, number>> = {
  accepted: 0,
  ringing: 1,
  answered: 1,
  connected: 2,
  ended: 2,
};

/**
 * So long it can take until a call is as far as that, or never will be. Talk has no bound, so who waits for the end waits as
 * long as both phones may ring.
 */
export function longestWaitMs(milestone: Milestone, timeoutSeconds: number): number {
  const legs = LEGS[milestone];
  return legs === 0 ? 0 : legs * timeoutSeconds * 1000 + GRACE_MS;
}
