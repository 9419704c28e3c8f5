import { sameText } from '../kit/same-text.ts';
import { inTime } from './in-time.ts';
import type { CallRecord, Journal, JournalEntry } from './ports.ts';

/** Everything that is known about one request. */
export interface RequestHistory {
  readonly call: CallRecord;
  /** In the order of their times. */
  readonly entries: readonly JournalEntry[];
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Undefined where there is no such request, or where it is another account's: nobody can tell which. */
export async function historyFor(
  journal: Journal,
  tenantId: string,
  requestId: string,
): Promise<RequestHistory | undefined> {
  return read(journal, requestId, (call) => call.tenantId === tenantId);
}

/** By the token in an error's URL, which needs no key. */
export async function historyByToken(
  journal: Journal,
  requestId: string,
  token: string,
): Promise<RequestHistory | undefined> {
  return read(journal, requestId, (call) => sameText(call.errorToken, token));
}

async function read(
  journal: Journal,
  requestId: string,
  mayRead: (call: CallRecord) => boolean,
): Promise<RequestHistory | undefined> {
  const id = requestId.toLowerCase();
  const call = ID.test(id) ? await journal.callById(id) : undefined;
  if (call === undefined || !mayRead(call)) return undefined;
  return { call, entries: inTime(await journal.entriesOf(id)) };
}
