import type { Outcome } from '../calls/call.ts';
import type { Fact } from '../calls/fact.ts';
import type { CallLife } from '../calls/life.ts';
import { transition } from '../calls/transition.ts';
import type { CallRecord, EventData, JournalEntry } from './ports.ts';

/** Something that is to be taken into a call: facts in their order, and what is to be written down of them. */
export interface News {
  readonly atMicros: number;
  readonly facts: readonly Fact[];
  readonly entries: readonly JournalEntry[];
  /** What became of the request; a call that has an outcome keeps it. */
  readonly outcome?: Outcome;
}

/** What a call would be with the news taken in. */
export interface Step {
  readonly outcome: Outcome;
  readonly life: CallLife;
  readonly entries: readonly JournalEntry[];
}

/** Of what we refuse no event is told: whoever asked has the answer, and no PBX was asked. */
export function untold(life: CallLife): CallLife {
  return { ...life, told: 0 };
}

/** Takes news into a call, in their order. Each event stands behind what told it. Pure. */
export function takeIn(call: CallRecord, news: readonly News[]): Step {
  let { life, outcome } = call;
  const entries: JournalEntry[] = [];
  for (const each of news) {
    entries.push(...each.entries);
    if (outcome === 'originating') outcome = each.outcome ?? outcome;
    for (const fact of each.facts) {
      const before = life.told;
      const next = transition(life, fact, each.atMicros);
      life = next.life;
      for (const [index, type] of next.told.entries()) {
        const data: EventData = { type, number: before + 1 + index, life };
        entries.push({ kind: 'event', atMicros: each.atMicros, data });
      }
    }
  }
  return { outcome, life, entries };
}
