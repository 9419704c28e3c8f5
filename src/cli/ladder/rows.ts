import { meaningOf, type Cause } from '../../calls/cause.ts';
import type { CallLife, Leg } from '../../calls/life.ts';
import type { Answer } from '../../switchboard/answer.ts';
import type { SeenRequest } from '../../switchboard/place-call.ts';
import type { JournalEntry, NoteData } from '../../switchboard/ports.ts';
import type { Arrow, Row } from './draw.ts';
import { frameTitle } from './frame-title.ts';

/** A call's rows in the order of time: what was said between us and the PBX, and what is known of the phones. */
export function rowsOf(entries: readonly JournalEntry[], life: CallLife): Row[] {
  const rows = [...entries.flatMap(rowOfEntry), ...life.legs.flatMap(rowsOfLeg), ...connected(life)];
  return merged(rows.toSorted((a, b) => a.atMicros - b.atMicros));
}

/** What the PBX told and what it told of a phone came at one time, and stand in one line. */
function merged(rows: readonly Row[]): Row[] {
  const lines: Row[] = [];
  for (const row of rows) {
    const before = lines.at(-1);
    const isOfOne = before?.atMicros === row.atMicros && row.text === undefined && before.text === undefined;
    if (isOfOne && !overlap(before.arrows, row.arrows))
      lines[lines.length - 1] = { ...before, arrows: [...before.arrows, ...row.arrows] };
    else lines.push(row);
  }
  return lines;
}

function overlap(some: readonly Arrow[], others: readonly Arrow[]): boolean {
  const isOurs = (arrows: readonly Arrow[]) => arrows.some(({ from, to }) => from === 'us' || to === 'us');
  const isTheirs = (arrows: readonly Arrow[]) => arrows.some(({ from, to }) => from !== 'us' && to !== 'us');
  return (isOurs(some) && isOurs(others)) || (isTheirs(some) && isTheirs(others));
}

function rowOfEntry({ kind, atMicros, data }: JournalEntry): Row[] {
  const title = () => frameTitle((data as { raw: string }).raw);
  const text = (says: string): Row[] => [{ atMicros, arrows: [], text: says }];
  const arrow = (from: 'us' | 'pbx', to: 'us' | 'pbx'): Row[] => [
    { atMicros, arrows: [{ from, to, says: title() }] },
  ];
  switch (kind) {
    case 'request':
      return text(`asked: ${requestText(data as SeenRequest)}`);
    case 'repeat':
      return text(`asked again: ${requestText(data as SeenRequest)}`);
    case 'hang_up':
      return text(`asked to hang up: ${requestText(data as SeenRequest)}`);
    case 'sent':
      return arrow('us', 'pbx');
    case 'received':
    case 'heard':
      return arrow('pbx', 'us');
    case 'answer':
      return text(answerText(data as Answer));
    case 'note':
      return text((data as NoteData).says);
    case 'event':
      // What the world was told is what the arrows show.
      return [];
  }
}

function requestText({ method, url }: SeenRequest): string {
  return method === 'CLI' ? url : `${method} ${url}`;
}

function answerText({ outcome, errors }: Answer): string {
  const status = outcome === 'accepted' ? 'success' : `fail (${outcome.replace('_', ' ')})`;
  return [`answered: ${status}`, ...errors.map(({ said }) => said)].join('; ');
}

function rowsOfLeg({ side, askedAt, ringingAt, answeredAt, hungUpAt, endedAt, cause }: Leg): Row[] {
  const row = (atMicros: number | undefined, says: string, isFromPhone: boolean): Row[] => {
    const [from, to] = isFromPhone ? ([side, 'pbx'] as const) : (['pbx', side] as const);
    return atMicros === undefined ? [] : [{ atMicros, arrows: [{ from, to, says }] }];
  };
  const failure = answeredAt === undefined ? cause : undefined;
  const isTheirs = failure !== undefined && !['no_answer', 'unknown'].includes(meaningOf(failure));
  return [
    ...row(askedAt, 'call', false),
    ...row(ringingAt, 'rings', true),
    ...row(answeredAt, 'answers', true),
    ...row(hungUpAt, 'hangs up', true),
    ...row(endedAt, failure === undefined ? 'over' : causeText(failure), isTheirs),
  ];
}

function causeText({ sip, q850, text }: Cause): string {
  if (text !== '') return text;
  return sip === undefined ? `Q.850 ${q850 ?? 0}` : `SIP ${sip}`;
}

function connected({ connectedAt }: CallLife): Row[] {
  if (connectedAt === undefined) return [];
  const arrow: Arrow = { from: 'first', to: 'second', says: 'connected', isBothWays: true };
  return [{ atMicros: connectedAt, arrows: [arrow] }];
}
