import type { READ_JOURNAL } from '../../../../contract/v3/calls.ts';
import { pageOf, placeOf } from '../page.ts';
import type { Handler } from '../route.ts';
import { callOf } from './call-of.ts';
import { presentEntry } from '../../../switchboard/present-entry.ts';

export const readJournal: Handler<typeof READ_JOURNAL> = async (ask, deps) => {
  const { id } = await callOf(ask, deps);
  const { limit = 100, cursor } = ask.query;
  const after = placeOf(cursor, /^\d{1,9}$/);
  const from = after === undefined ? 0 : Number(after) + 1;
  const read = await deps.journal.entriesFrom(id, from, limit + 1);
  return {
    status: 200,
    body: pageOf(read, limit, { present: presentEntry, place: ({ seq }) => String(seq) }),
  };
};
