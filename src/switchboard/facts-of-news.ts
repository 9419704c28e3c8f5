import type { Fact } from '../calls/fact.ts';
import type { LookedUp } from '../pbx/session-pool.ts';
import type { CallRecord } from './ports.ts';
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

/** An outcome counts only where the request has none yet. */
export function told(
  atMicros: number,
  says: string,
  facts: readonly Fact[],
  outcome: 'accepted' | 'in_doubt' | 'failed',
): News {
  return { atMicros, facts, entries: [{ kind: 'note', atMicros, data: { says } }], outcome };
}
