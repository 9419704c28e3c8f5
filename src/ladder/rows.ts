import type { Call } from '../../contract/v3/call.ts';
import type { JournalEntry } from '../../contract/v3/journal.ts';
import { microsOf } from '../kit/clock.ts';
import { frameTitle } from './frame-title.ts';

/*
 * A call as a ladder between us, the PBX and the two phones. The terminal, the public page of an error and the console draw the
 * same rows, each in its way; so they are made of what the resource API gives, a call and its journal.
 */

/** Where an arrow begins and ends. */
export const LANES = ['us', 'pbx', 'first', 'second'] as const;
export type Lane = (typeof LANES)[number];

export interface Arrow {
  readonly from: Lane;
  readonly to: Lane;
  readonly says: string;
  /** Has a head at both its ends. */
  readonly isBothWays?: boolean;
  /** The number of the journal entry that it stands for, or by which it came to be known. */
  readonly entry?: number;
}

/** What happened at one moment. */
export interface Row {
  readonly atMicros: number;
  readonly arrows: readonly Arrow[];
  /** Said at our lane, across the others. */
  readonly text?: string;
  /** The number of the journal entry that says it. */
  readonly entry?: number;
}

/** A call's rows in the order of time: what was said between us and the PBX, and what is known of the phones. */
export function rowsOf(call: Call, entries: readonly JournalEntry[]): Row[] {
  const told = toldBy(entries);
  const rows = [
    ...entries.flatMap(rowOfEntry),
    ...call.legs.flatMap((leg) => rowsOfLeg(leg, call, told)),
    ...connected(call, told),
  ];
  return merged(rows.toSorted((a, b) => a.atMicros - b.atMicros));
}

/** What was heard at a time tells what is known of a phone since that time. */
type Told = (at: string) => { readonly entry?: number };

function toldBy(entries: readonly JournalEntry[]): Told {
  const heard = new Map(entries.flatMap(({ kind, at, number }) => (kind === 'heard' ? [[at, number]] : [])));
  return (at) => {
    const entry = heard.get(at);
    return entry === undefined ? {} : { entry };
  };
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

function rowOfEntry({ kind, at, number: entry, data }: JournalEntry): Row[] {
  const atMicros = microsOf(at) ?? 0;
  const text = (says: string): Row[] => [{ atMicros, arrows: [], text: says, entry }];
  const arrow = (from: 'us' | 'pbx', to: 'us' | 'pbx'): Row[] => [
    { atMicros, arrows: [{ from, to, says: frameTitle(String(data['raw'])), entry }] },
  ];
  switch (kind) {
    case 'request':
      return text(`asked: ${requestText(data)}`);
    case 'repeat':
      return text(`asked again: ${requestText(data)}`);
    case 'hang_up':
      return text(`asked to hang up: ${requestText(data)}`);
    case 'sent':
      return arrow('us', 'pbx');
    case 'received':
    case 'heard':
      return arrow('pbx', 'us');
    case 'answer':
      return text(answerText(data));
    case 'note':
      return text(String(data['says']));
    case 'event':
      // What the world was told is what the arrows show.
      return [];
  }
}

type Data = JournalEntry['data'];

function requestText({ method, url }: Data): string {
  return method === 'CLI' ? String(url) : `${String(method)} ${String(url)}`;
}

function answerText(data: Data): string {
  const { outcome, errors } = data as { outcome: string; errors: readonly { said: string }[] };
  const status = outcome === 'accepted' ? 'success' : `fail (${outcome.replace('_', ' ')})`;
  return [`answered: ${status}`, ...errors.map(({ said }) => said)].join('; ');
}

type Leg = Call['legs'][number];

function rowsOfLeg(leg: Leg, call: Call, told: Told): Row[] {
  const { side, cause } = leg;
  const row = (at: string | null, says: string, isFromPhone: boolean): Row[] => {
    const [from, to] = isFromPhone ? ([side, 'pbx'] as const) : (['pbx', side] as const);
    if (at === null) return [];
    return [{ atMicros: microsOf(at) ?? 0, arrows: [{ from, to, says, ...told(at) }] }];
  };
  const failure = leg.answered_at === null ? cause : null;
  return [
    ...row(leg.asked_at, 'call', false),
    ...row(leg.ringing_at, 'rings', true),
    ...row(leg.answered_at, 'answers', true),
    ...row(leg.hung_up_at, 'hangs up', true),
    ...row(leg.ended_at, endText(failure), failure !== null && isOfPhone(call)),
  ];
}

/** A phone that was let ring for its time, or given up, has said nothing. */
function isOfPhone({ disposition }: Call): boolean {
  return !['no_answer', 'cancelled', 'unknown', null].includes(disposition);
}

function endText(failure: Leg['cause']): string {
  if (failure === null) return 'over';
  if (failure.text !== '') return failure.text;
  return failure.sip === null ? `Q.850 ${failure.q850 ?? 0}` : `SIP ${failure.sip}`;
}

function connected({ connected_at: at }: Call, told: Told): Row[] {
  if (at === null) return [];
  const arrow: Arrow = { from: 'first', to: 'second', says: 'connected', isBothWays: true, ...told(at) };
  return [{ atMicros: microsOf(at) ?? 0, arrows: [arrow] }];
}
