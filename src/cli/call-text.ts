import { diagnosisOf, presentCall } from '../calls/present-call.ts';
import { rowsOf } from '../ladder/rows.ts';
import { presentEntry } from '../switchboard/present-entry.ts';
import type { CallRecord, JournalEntry } from '../switchboard/ports.ts';
import { drawLadder, wrapped } from './draw-ladder.ts';
import { pairs, visible } from './terminal.ts';

/** Who made a request. */
export interface Asker {
  readonly account: string | undefined;
  /** Undefined where no key asked. */
  readonly key: { readonly prefix: string; readonly label: string } | undefined;
  /** The name and the e-mail of who asked, where that was somebody logged in. */
  readonly user?: string | undefined;
}

/** What a request was and what it came to, a line each. */
export function summaryText(call: CallRecord, asker: Asker): string {
  const { state, disposition } = call.life;
  const numbers = `${call.first ?? '?'} → ${call.second ?? '?'}`;
  return pairs([
    ['Request', call.id],
    ['Outcome', inWords(call.outcome)],
    ['Call', [state, ...(disposition === undefined ? [] : [disposition])].map(inWords).join(', ')],
    ['Account', asker.account ?? call.tenantId],
    ['Asked by', nameOf(call, asker)],
    ...(call.pbxName === undefined ? [] : [['PBX', call.pbxName] as const]),
    ...(call.first === undefined ? [] : [['Numbers', numbers] as const]),
    ...(call.dialAs === undefined ? [] : [['Dial as', call.dialAs] as const]),
  ]);
}

function nameOf(call: CallRecord, { key, user }: Asker): string {
  if (user !== undefined) return user;
  if (call.keyId === undefined) return 'the command line';
  if (key === undefined) return `the key ${call.keyId}`;
  return key.label === '' ? `the key ${key.prefix}…` : `the key ${key.prefix}… (${key.label})`;
}

function inWords(word: string): string {
  return word.replace('_', ' ');
}

/** What became of it and what to do, once it is over; '' before. */
export function diagnosisText(call: CallRecord): string {
  const { says = '', remedy = '' } = diagnosisOf(call, call.life) ?? {};
  return [says, remedy].flatMap((text) => wrapped(visible(text), TEXT_WIDTH)).join('\n');
}

const TEXT_WIDTH = 100;

/** The call as a ladder between us, the PBX and the two phones. */
export function ladderText(call: CallRecord, entries: readonly JournalEntry[]): string {
  const names = {
    us: 'us',
    pbx: call.pbxName ?? 'PBX',
    first: call.first ?? 'first',
    second: call.second ?? 'second',
  };
  const shown = entries.map((entry, seq) => presentEntry({ seq, ...entry }));
  return drawLadder(names, rowsOf(presentCall(call, call.life), shown), call.askedAtMicros);
}
