import type { Call } from '../../contract/v3/call.ts';
import { microsOf } from '../kit/clock.ts';
import type { Settings } from '../pbx/contract.ts';
import type { JournalEntry } from '../switchboard/ports.ts';
import { wrongInput } from './failure.ts';

/** A call's journal out of a file, as `show --json`, the console and the resource API write it. */
export interface JournalFile {
  /** What became of the call, as it was recorded. */
  readonly call: Call;
  /** Undefined where the PBX had been removed. */
  readonly driver: string | undefined;
  /** Of the PBX, without secrets. */
  readonly settings: Settings;
  readonly entries: readonly JournalEntry[];
}

const KINDS: Readonly<Record<JournalEntry['kind'], true>> = {
  request: true,
  sent: true,
  received: true,
  heard: true,
  event: true,
  answer: true,
  repeat: true,
  hang_up: true,
  note: true,
};

/** @throws CommandFailed that says what is wrong with it */
export function readJournalFile(text: string): JournalFile {
  const file = objectOf(parsed(text));
  const call = objectOf(file?.['call']);
  const { driver, settings } = file ?? {};
  // A page of `GET /v3/calls/{id}/journal` is as good as its entries.
  const journal = objectOf(file?.['journal'])?.['items'] ?? file?.['journal'];
  if (file === undefined || call === undefined || !Array.isArray(journal))
    throw wrongInput(
      'FILE must be what click2call show <request_id> --json writes, or the console copies for a bug report: an object with call and journal.',
    );
  for (const name of ['id', 'asked_at', 'legs'])
    if (call[name] === undefined)
      throw wrongInput(`call has no ${name}; a call has it in what show --json writes.`);
  if (microsOf(String(call['asked_at'])) === undefined)
    throw wrongInput('call.asked_at must be an RFC 3339 time, as 2026-11-25T09:30:00.123456Z.');
  return {
    // What show --json has written; where somebody has changed it, what differs says so.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    call: call as unknown as Call,
    driver: typeof driver === 'string' ? driver : undefined,
    settings: (objectOf(settings) ?? {}) as Settings,
    entries: inOrder(journal),
  };
}

/** As they were written, which is how the call was lived; older files have that order, and no numbers. */
function inOrder(journal: readonly unknown[]): JournalEntry[] {
  const read = journal.map((entry, index) => {
    const number = objectOf(entry)?.['number'];
    return { number: typeof number === 'number' ? number : index, entry: readEntry(entry, index) };
  });
  return read.toSorted((a, b) => a.number - b.number).map(({ entry }) => entry);
}

function readEntry(entry: unknown, index: number): JournalEntry {
  const { at, kind, data, leg } = objectOf(entry) ?? {};
  const atMicros = typeof at === 'string' ? microsOf(at) : undefined;
  const isKnown = typeof kind === 'string' && kind in KINDS;
  if (atMicros === undefined)
    throw wrongInput(`journal[${index}].at must be an RFC 3339 time, as 2026-11-25T09:30:00.123456Z.`);
  const held = objectOf(data);
  if (!isKnown || held === undefined)
    throw wrongInput(
      `journal[${index}] must have a kind of ${Object.keys(KINDS).join(', ')}, and data that is an object.`,
    );
  // The resource API gives the side beside the data.
  return {
    atMicros,
    kind: kind as JournalEntry['kind'],
    data: typeof leg === 'string' ? { ...held, side: leg } : held,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw wrongInput(`FILE is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function objectOf(json: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
    ? (json as Readonly<Record<string, unknown>>)
    : undefined;
}
