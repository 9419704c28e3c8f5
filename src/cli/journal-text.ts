import { rfc3339 } from '../kit/clock.ts';
import type { Answer } from '../switchboard/answer.ts';
import type { SeenRequest } from '../switchboard/place-call.ts';
import type { EventData, JournalEntry, NoteData } from '../switchboard/ports.ts';
import { visible } from './terminal.ts';

const HEADINGS: Readonly<Record<JournalEntry['kind'], string>> = {
  request: 'asked',
  sent: 'sent to the PBX',
  received: 'received from the PBX',
  answer: 'answered',
  repeat: 'asked again, given the same answer',
  heard: 'heard from the PBX',
  event: 'told',
  hang_up: 'asked to hang up',
  note: 'noted',
};

/** A request's journal for people, in the order of time: each entry with its time and the time since the one before. */
export function journalText(entries: readonly JournalEntry[]): string {
  const steps = entries.map((entry, index) => {
    const before = entries[index - 1]?.atMicros;
    const since = before === undefined ? '' : `  +${((entry.atMicros - before) / 1000).toFixed(3)} ms`;
    return `${rfc3339(entry.atMicros)}${since}  ${HEADINGS[entry.kind]}\n${indented(contentOf(entry))}`;
  });
  return steps.join('\n\n');
}

/** What each kind of entry holds, as the switchboard writes it. */
interface Contents {
  readonly request: SeenRequest;
  readonly repeat: SeenRequest;
  readonly sent: { readonly raw: string };
  readonly received: { readonly raw: string };
  readonly answer: Answer;
  readonly heard: { readonly raw: string };
  readonly event: EventData;
  readonly hang_up: SeenRequest;
  readonly note: NoteData;
}

const CONTENT_TEXTS: { readonly [Kind in JournalEntry['kind']]: (data: Contents[Kind]) => string } = {
  request: requestText,
  repeat: requestText,
  sent: ({ raw }) => raw.trimEnd(),
  received: ({ raw }) => raw.trimEnd(),
  answer: answerText,
  heard: ({ raw }) => raw.trimEnd(),
  event: ({ type, number }) => `${number} ${type}`,
  hang_up: requestText,
  note: ({ says }) => says,
};

function contentOf({ kind, data }: JournalEntry): string {
  // The journal gives back what was written under this kind.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (CONTENT_TEXTS[kind] as (data: unknown) => string)(data);
}

function requestText({ method, url, data }: SeenRequest): string {
  // A command's options stand in its own line already, and a query in its URL.
  if (method === 'CLI') return url;
  return method === 'POST' ? `POST ${url}\n${JSON.stringify(data)}` : `${method} ${url}`;
}

function answerText({ outcome, errors }: Answer): string {
  const status = outcome === 'accepted' ? 'success' : `fail (${outcome.replace('_', ' ')})`;
  return [status, ...errors.map(({ message }) => message)].join('\n');
}

/** Line ends of the protocol are lines here; every other control character is shown as what it is. */
function indented(text: string): string {
  return text
    .split(/\r\n|\n/)
    .map((line) => `    ${visible(line)}`)
    .join('\n');
}
