import { diagnosisOf } from '../calls/present-call.ts';
import { rfc3339 } from '../kit/clock.ts';
import type { Answer } from '../switchboard/answer.ts';
import type { SeenRequest } from '../switchboard/place-call.ts';
import type { CallRecord, EventData, JournalEntry } from '../switchboard/ports.ts';
import { pairs, visible } from './terminal.ts';

/** Who made a request. */
export interface Asker {
  readonly account: string | undefined;
  /** Undefined where the command line asked. */
  readonly key: { readonly prefix: string; readonly label: string } | undefined;
}

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

/** A request's journal for people: a summary, then each entry with its time and the time since the one before. */
export function journalText(call: CallRecord, entries: readonly JournalEntry[], asker: Asker): string {
  const numbers = `${call.first ?? '?'} → ${call.second ?? '?'}`;
  const summary = pairs([
    ['Request', call.id],
    ['Outcome', call.outcome.replace('_', ' ')],
    ['Call', lifeText(call)],
    ['Account', asker.account ?? call.tenantId],
    ['Asked by', nameOf(call, asker)],
    ...(call.pbxName === undefined ? [] : [['PBX', call.pbxName] as const]),
    ...(call.first === undefined ? [] : [['Numbers', numbers] as const]),
    ...(call.dialAs === undefined ? [] : [['Dial as', call.dialAs] as const]),
  ]);
  const steps = entries.map((entry, index) => {
    const before = entries[index - 1]?.atMicros;
    const since = before === undefined ? '' : `  +${((entry.atMicros - before) / 1000).toFixed(3)} ms`;
    return `${rfc3339(entry.atMicros)}${since}  ${HEADINGS[entry.kind]}\n${indented(contentOf(entry))}`;
  });
  return [summary, ...steps].join('\n\n');
}

function nameOf(call: CallRecord, { key }: Asker): string {
  if (call.keyId === undefined) return 'the command line';
  if (key === undefined) return `the key ${call.keyId}`;
  return key.label === '' ? `the key ${key.prefix}…` : `the key ${key.prefix}… (${key.label})`;
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
  readonly note: { readonly says: string };
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

function lifeText(call: CallRecord): string {
  const { state, disposition } = call.life;
  const diagnosis = diagnosisOf(call, call.life);
  const words = [state, disposition].flatMap((word) => (word === undefined ? [] : [word.replace('_', ' ')]));
  return [words.join(', '), diagnosis?.says, diagnosis?.remedy]
    .filter(Boolean)
    .join('. ')
    .replace('.. ', '. ');
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
