import { SIDES } from '../../contract/call-words.ts';
import type { JournalEntry } from '../../contract/v3/journal.ts';
import { rfc3339 } from '../kit/clock.ts';
import type { Answer } from './answer.ts';
import type { EventData, NumberedEntry } from './ports.ts';

/** A journal entry as the world sees it. What of it is made again from the rest is left out. */
export function presentEntry({ seq, atMicros, kind, data }: NumberedEntry): JournalEntry {
  const { side, ...others } = (data ?? {}) as Readonly<Record<string, unknown>>;
  return {
    number: seq,
    at: rfc3339(atMicros),
    kind,
    leg: SIDES.find((each) => each === side) ?? null,
    data: dataOf(kind, others),
  };
}

function dataOf(kind: JournalEntry['kind'], data: Readonly<Record<string, unknown>>): JournalEntry['data'] {
  if (kind === 'event') {
    const { type, number, life } = data as unknown as EventData;
    return { type, number, state: life.state };
  }
  if (kind === 'answer') {
    const { outcome, errors } = data as unknown as Answer;
    const shown = errors.map(({ code, message, said, pbxMessage, remedy }) => ({
      code,
      detail: message,
      said,
      pbx_message: pbxMessage ?? null,
      remedy: remedy ?? null,
    }));
    return { outcome, errors: shown };
  }
  return data;
}
