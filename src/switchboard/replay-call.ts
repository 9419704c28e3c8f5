import { channelIdOf } from '../calls/call.ts';
import type { Fact } from '../calls/fact.ts';
import { NEW_LIFE, type CallLife } from '../calls/life.ts';
import { transition } from '../calls/transition.ts';
import type { EventReader } from '../pbx/contract.ts';
import { factsOfAnswer, type Answer } from './answer.ts';
import type { JournalEntry, NoteData } from './ports.ts';
import { untold } from './tracked-call.ts';

/**
 * Lives a call again from its journal: what was heard of the PBX goes through its driver's reader, what was answered and
 * noted counts as it stands. What was told of it then is not looked at.
 * @param reader a new one; undefined: of a PBX that tells nothing of its calls
 */
export function replayCall(
  callId: string,
  entries: readonly JournalEntry[],
  reader: EventReader | undefined,
): CallLife {
  const channelId = channelIdOf(callId);
  let life = NEW_LIFE;
  for (const entry of entries) {
    for (const fact of factsOf(entry, channelId, reader)) ({ life } = transition(life, fact, entry.atMicros));
    if (entry.kind === 'answer' && (entry.data as Answer).outcome === 'refused') life = untold(life);
  }
  return life;
}

function factsOf(
  { kind, atMicros, data }: JournalEntry,
  channelId: string,
  reader: EventReader | undefined,
): readonly Fact[] {
  switch (kind) {
    case 'heard': {
      const events = reader?.read((data as { raw: string }).raw, atMicros) ?? [];
      return events.filter((event) => event.channelId === channelId).map(({ fact }) => fact);
    }
    case 'answer':
      return factsOfAnswer(data as Answer);
    case 'note':
      return (data as NoteData).facts ?? [];
    case 'hang_up':
      return [{ type: 'hang_up_asked' }];
    case 'request':
    case 'sent':
    case 'received':
    case 'repeat':
    case 'event':
      return [];
  }
}
