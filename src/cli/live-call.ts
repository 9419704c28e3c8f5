import type { Call } from '../../contract/v3/call.ts';
import { visible } from './terminal.ts';

/** Says each thing that is told of a call once, a line each: `   3.207 s  101 answered`. */
export class LiveCall {
  #shown = 0;

  /** @returns lines for what is new since the last time */
  news(call: Call): string[] {
    const all = momentsOf(call);
    const fresh = all.slice(this.#shown);
    this.#shown = all.length;
    const startMs = Date.parse(call.asked_at);
    return fresh.map(({ at, says }) => {
      const seconds = (Date.parse(at) - startMs) / 1000;
      return `${seconds.toFixed(3).padStart(8)} s  ${visible(says)}`;
    });
  }
}

interface Moment {
  readonly at: string;
  readonly says: string;
}

/** In the order of time. What is told later is never of a time before: a new moment comes last. */
function momentsOf({ legs: [first, second], connected_at, ended_at, disposition }: Call): Moment[] {
  const moment = (at: string | null | undefined, says: string): Moment[] =>
    typeof at === 'string' ? [{ at, says }] : [];
  const moments = [
    ...moment(first?.ringing_at, `${first?.number} rings`),
    ...moment(first?.answered_at, `${first?.number} answered`),
    ...moment(second?.ringing_at, `${second?.number} rings`),
    ...moment(connected_at, 'both are connected'),
    ...moment(ended_at, `over: ${disposition?.replace('_', ' ')}`),
  ];
  return moments.toSorted((a, b) => a.at.localeCompare(b.at));
}
