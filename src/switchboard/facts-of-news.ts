import type { Outcome } from '../calls/call.ts';
import type { Fact } from '../calls/fact.ts';
import type { LookedUp } from '../pbx/session-pool.ts';
import type { CallRecord, JournalEntry, NoteData } from './ports.ts';
import type { News } from './tracked-call.ts';

/** What it means for a call that its PBX was asked for it; undefined: nothing new. */
export function factsOfNews({ state, atMicros }: LookedUp, call: CallRecord): News | undefined {
  const wasCutOff = call.outcome === 'originating';
  if (state === 'alive')
    return wasCutOff
      ? told(atMicros, 'Asked for this call, the PBX has it.', [{ type: 'accepted' }], 'accepted')
      : undefined;
  if (state === 'gone')
    return told(
      atMicros,
      'Asked for this call, the PBX knows nothing of it.',
      [{ type: 'gone' }],
      'in_doubt',
    );
  const why = 'cannot_tell';
  return told(
    atMicros,
    'This kind of PBX can not be asked for a call.',
    [{ type: 'untold', why }],
    'in_doubt',
  );
}

/**
 * What we did or found out by ourselves, for the journal with the facts that it told: from them the call can be told again.
 * @param outcome counts only where the request has none yet
 */
export function told(atMicros: number, says: string, facts: readonly Fact[], outcome?: Outcome): News {
  const entries = [noteEntry(atMicros, { says, facts })];
  return { atMicros, facts, entries, ...(outcome === undefined ? {} : { outcome }) };
}

export function noteEntry(atMicros: number, data: NoteData): JournalEntry {
  return { kind: 'note', atMicros, data };
}
