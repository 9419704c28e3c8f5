import type { READ_JOURNAL } from '../../../../contract/v3/calls.ts';
import { pageOf, placeOf } from '../page.ts';
import type { Handler } from '../route.ts';
import { callOf } from './call-of.ts';
import type { JournalPlace } from '../../../switchboard/ports.ts';
import { presentEntry } from '../../../switchboard/present-entry.ts';

export const readJournal: Handler<typeof READ_JOURNAL> = async (ask, deps) => {
  const { id } = await callOf(ask, deps);
  const { limit = 100, cursor } = ask.query;
  const [atMicros, seq] =
    placeOf(cursor, /^\d{1,16}-\d{1,9}$/)
      ?.split('-')
      .map(Number) ?? [];
  const after = atMicros === undefined || seq === undefined ? undefined : { atMicros, seq };
  const read = await deps.journal.entriesAfter(id, after, limit + 1);
  const place = (last: JournalPlace) => `${last.atMicros}-${last.seq}`;
  return { status: 200, body: pageOf(read, limit, { present: presentEntry, place }) };
};
