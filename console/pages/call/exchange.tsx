import type { Call } from '../../../contract/v3/call.ts';
import type { JournalEntry } from '../../../contract/v3/journal.ts';
import type { PlacedRow } from '../../../src/ladder/lay-out.ts';
import { microsOf } from '../../../src/kit/clock.ts';
import { CopyButton } from '../../ui/code.tsx';
import { inWords } from './lanes.ts';
import { exactTime, secondsText, visibleText } from '../../parts/moments.ts';

/** What was said at one moment of a call, letter by letter as it came. */
export function Exchange({
  call,
  row,
  before,
  entries,
}: {
  readonly call: Call;
  readonly row: PlacedRow;
  readonly before: PlacedRow | undefined;
  readonly entries: readonly JournalEntry[];
}) {
  const start = microsOf(call.asked_at) ?? 0;
  const since = (micros: number) => secondsText((row.atMicros - micros) / 1_000_000);
  const numbers = new Set([row.entry, ...row.arrows.map(({ entry }) => entry)]);
  const shown = entries.filter(({ number }) => numbers.has(number));
  const known = row.arrows.filter(({ from, to }) => from !== 'us' && to !== 'us');
  return (
    <section className="exchange" id="exchange" aria-label="What was said" aria-live="polite">
      <header className="exchange-head">
        <p className="mono small numbers">{exactTime(row.atMicros)}</p>
        <p className="muted small numbers">
          {since(start)} after the request
          {before !== undefined && `, ${since(before.atMicros)} after the line above`}
        </p>
      </header>
      {known.map((arrow) => (
        <p key={`${arrow.from} ${arrow.to}`} className="dense">
          Known by it: {inWords({ ...arrow, says: visibleText(arrow.says) })}.
        </p>
      ))}
      {shown.map((entry) => (
        <Entry key={entry.number} entry={entry} />
      ))}
      {shown.length === 0 && <p className="muted dense">It was found out without a message of its own.</p>}
    </section>
  );
}

const TITLES: Readonly<Record<JournalEntry['kind'], string>> = {
  request: 'The request, as it came',
  sent: 'Sent to the PBX',
  received: 'The PBX answered',
  heard: 'The PBX told',
  event: 'Told to the world',
  answer: 'Our answer',
  repeat: 'The same request again',
  hang_up: 'Asked to hang up',
  note: 'Noted by us',
};

function Entry({ entry }: { readonly entry: JournalEntry }) {
  const text = textOf(entry);
  return (
    <figure className="exchange-entry">
      <figcaption>
        <span>{TITLES[entry.kind]}</span>
        <CopyButton label={TITLES[entry.kind]} text={text} />
      </figcaption>
      {/* A region that scrolls can be reached by the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0}>
        {visibleText(text)
          .trimEnd()
          .split('\n')
          .map((line, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <WireLine key={index} line={line} />
          ))}
      </pre>
    </figure>
  );
}

/** `Name: value` is read by its value. */
function WireLine({ line }: { readonly line: string }) {
  const [, name, rest] = /^([\w-]+:)( .*)$/.exec(line) ?? [];
  if (name === undefined) return `${line}\n`;
  return (
    <>
      <span className="wire-name">{name}</span>
      {rest}
      {'\n'}
    </>
  );
}

/** What a person reads of an entry. */
function textOf({ kind, data }: JournalEntry): string {
  if (typeof data['raw'] === 'string') return data['raw'];
  if (kind === 'note') return String(data['says']);
  if (kind === 'request' || kind === 'repeat' || kind === 'hang_up') {
    const body = JSON.stringify(data['data'] ?? {}, null, 2);
    const line =
      data['method'] === 'CLI' ? String(data['url']) : `${String(data['method'])} ${String(data['url'])}`;
    return body === '{}' || data['method'] === 'CLI' ? line : `${line}\n\n${body}`;
  }
  return JSON.stringify(data, null, 2);
}
